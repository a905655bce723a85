import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { EnrolmentKey } from '../core/engine/enrolment.ts';
import { duePartition, Enrolment, heldPartition, leaseSeconds } from '../core/engine/enrolment.ts';
import type { Instant } from '../core/time.ts';
import { addSeconds } from '../core/time.ts';

/** One write on an enrolment row: what must hold, what is set, what is removed. */
export type Change = {
  readonly when: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly setAlso?: readonly string[];
  readonly remove?: readonly string[];
  readonly add?: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
};

/** A change as UpdateItem wants it. Every attribute goes through a placeholder: `status` and others are reserved. */
export const updateParams = (table: string, key: EnrolmentKey, change: Change): UpdateCommandInput => {
  const attributes = Object.entries(change.set);
  const sets = [...attributes.map(([name]) => `#${name} = :${name}`), ...(change.setAlso ?? [])];
  const { remove = [], add = [] } = change;
  return {
    TableName: table,
    Key: { pk: key.contact, sk: key.enrolment },
    ConditionExpression: change.when,
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []), ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
      ...(add.length > 0 ? [`ADD ${add.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: {
      ...Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
      ...change.names,
    },
    ExpressionAttributeValues: { ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])), ...change.values },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
};

export const rowOf = (enrolment: Enrolment): Record<string, unknown> => {
  const { contact, enrolment: id, ...attributes } = enrolment;
  return {
    pk: contact,
    sk: id,
    ...attributes,
    ...(enrolment.due === undefined ? {} : { duePartition: enrolment.held === undefined ? duePartition(id) : heldPartition(enrolment) }),
  };
};

export const enrolmentOf = ({ pk, sk, ...attributes }: Record<string, unknown>): Enrolment =>
  Enrolment.parse({ contact: pk, enrolment: sk, ...attributes });

/** What is gone from the row of a run that has ended. */
export const offTheIndex = ['due', 'duePartition', 'lease', 'waiters', 'waitsOn', 'held'];

export const leaseEnd = (now: Instant): Instant => addSeconds(now, leaseSeconds);

export const leased = (now: Instant, key: EnrolmentKey) =>
  ({ status: 'RUNNING', due: leaseEnd(now), duePartition: duePartition(key.enrolment) });

export const running = '#status = :wasRunning AND #seqFence = :seqFence';
