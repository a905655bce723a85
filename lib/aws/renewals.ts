import { paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { movedPlaces } from '../core/consent/renewals.ts';
import { ContactId } from '../core/ids.ts';
import type { RenewalStore } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import { Instant as InstantSchema } from '../core/time.ts';
import type { PutItem } from './contact-items.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const Ending = z.object({ contact: ContactId, record: z.string(), expiresAt: InstantSchema });

/** `2027-01` of an instant in UTC. */
const monthOf = (at: string): string => at.slice(0, 7);

const partitionOf = (month: string): string => `${journeys.renewalsPrefix}${month}`;

/** The rows by which a contact's authorizations are found by their end; one that is closed stays, marked, and is passed over. */
export const endingPuts = (
  table: string, contact: ContactId, before: readonly unknown[], after: readonly unknown[],
): readonly PutItem[] => movedPlaces(before, after).map(({ record, expiresAt, closed }) => ({
  Put: {
    TableName: table,
    Item: {
      pk: partitionOf(monthOf(expiresAt)), sk: `${expiresAt}#${contact}#${record}`, contact, record, expiresAt,
      ...(closed === undefined ? {} : { closed }),
    },
  },
}));

const pageSize = 100;

export const monthQuery = (table: string, month: string, after: string | undefined) => ({
  TableName: table, Limit: pageSize,
  KeyConditionExpression: 'pk = :pk',
  FilterExpression: 'attribute_not_exists(closed)',
  ExpressionAttributeValues: { ':pk': partitionOf(month) },
  ...(after === undefined ? {} : { ExclusiveStartKey: { pk: partitionOf(month), sk: after } }),
});

/** Sorts after every key of the same instant: `#` comes before `$`. */
const pastInstant = (at: Instant): string => `${at}$`;

export const endingQuery = (table: string, month: string, from: Instant, until: Instant) => ({
  TableName: table,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
  FilterExpression: 'attribute_not_exists(closed)',
  ExpressionAttributeValues: { ':pk': partitionOf(month), ':from': pastInstant(from), ':until': pastInstant(until) },
});

export const countQuery = (table: string, month: string, from: Instant, until: Instant) =>
  ({ ...endingQuery(table, month, from, until), Select: 'COUNT' as const });

/** The months from one instant to another, each as `2027-01`. */
export const monthsBetween = (from: Instant, until: Instant): readonly string[] => {
  const last = monthOf(until);
  const months = [monthOf(from)];
  for (let month = monthOf(from); month < last; months.push(month)) {
    const [year = 0, number = 0] = month.split('-').map(Number);
    month = number === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`;
  }
  return months;
};

export const renewals = (runtime: Runtime, table: string): RenewalStore => {
  const client = documentClient(runtime);
  const countOf = async (month: string, from: Instant, until: Instant): Promise<number> => {
    let sum = 0;
    for await (const { Count = 0 } of paginateQuery({ client }, countQuery(table, month, from, until))) sum += Count;
    return sum;
  };
  return {
    ofMonth: async (month, cursor) => {
      const { Items = [], LastEvaluatedKey: last } = await client.send(new QueryCommand(monthQuery(table, month, cursor)));
      return { ending: Items.map((item) => Ending.parse(item)), cursor: last?.['sk'] as string | undefined };
    },
    ending: async function* ending(from, until) {
      for (const month of monthsBetween(from, until)) {
        for await (const { Items = [] } of paginateQuery({ client }, endingQuery(table, month, from, until))) yield Items.map((item) => Ending.parse(item));
      }
    },
    count: async (from, until) => {
      const counts = await Promise.all(monthsBetween(from, until).map((month) => countOf(month, from, until)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
};
