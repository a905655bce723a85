import { ContactChange } from '../core/engine/change.ts';
import { millisecondsOf } from '../core/time.ts';
import type { PutItem } from './contact-items.ts';
import { journeys } from './tables.ts';

/** Far longer than a stream keeps its records, in seconds. */
const keptSeconds = 7 * 86_400;

/** The row by which the stream tells of a change; it goes into the transaction of the change itself. */
export const changePut = (table: string, change: ContactChange): PutItem => {
  const { contact, id, ...attributes } = change;
  return {
    Put: {
      TableName: table,
      Item: {
        pk: contact, sk: `${journeys.changePrefix}${id}`, ...attributes,
        [journeys.ttl]: Math.floor(millisecondsOf(change.at) / 1000) + keptSeconds,
      },
    },
  };
};

export const changeOf = ({ pk, sk, ...attributes }: Record<string, unknown>): ContactChange =>
  ContactChange.parse({ ...attributes, contact: pk, id: String(sk).slice(journeys.changePrefix.length) });
