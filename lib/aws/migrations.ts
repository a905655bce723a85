import { GetCommand, paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { KeptTally } from '../core/engine/migration.ts';
import { Migration, Tally } from '../core/engine/migration.ts';
import type { MigrationPlace, MigrationStore } from '../core/ports.ts';
import { millisecondsOf } from '../core/time.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

/** Longer than a migration takes, queues that stand still included. */
const pagesKeptSeconds = 30 * 86_400;

const jobKey = (journey: string, id: string) => ({ pk: `${journeys.migrationsPrefix}${journey}`, sk: id });

const keyOf = (kind: 'page' | 'tally', { id, partition, number }: MigrationPlace) =>
  ({ pk: `${journeys.migrationPrefix}${id}`, sk: `${kind}#${String(partition).padStart(2, '0')}#${String(number).padStart(6, '0')}` });

const Page = z.object({
  runs: z.array(z.object({ contact: z.string(), enrolment: z.string() })),
  after: z.record(z.string(), z.unknown()).optional(),
});

const Kept = z.object({
  partition: z.int(), number: z.int(), tally: Tally, isLast: z.boolean(), isPending: z.boolean(),
});

/** Migrations, the pages of runs that they found, and what each page came to. No PHI: ids, steps and counts. */
export const migrations = (runtime: Runtime, table: string): MigrationStore => {
  const client = documentClient(runtime);
  return {
    open: async (migration) => {
      await client.send(new PutCommand({ TableName: table, Item: { ...jobKey(migration.journey, migration.id), ...migration } }));
    },
    get: async (journey, id) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: jobKey(journey, id), ConsistentRead: true }));
      return Item === undefined ? undefined : Migration.parse(Item);
    },
    keepPage: async (place, { runs, after }) => {
      const expiresAt = Math.floor(millisecondsOf(runtime.clock.now()) / 1000) + pagesKeptSeconds;
      const kept = await unlessRefused(client.send(new PutCommand({
        TableName: table,
        Item: {
          ...keyOf('page', place), [journeys.ttl]: expiresAt, after,
          runs: runs.map(({ contact, enrolment }) => ({ contact, enrolment })),
        },
        ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      })), unmarshall);
      return isRefused(kept) ? Page.parse(kept.standing) : { runs, after };
    },
    page: async (place) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf('page', place), ConsistentRead: true }));
      return Item === undefined ? undefined : Page.parse(Item);
    },
    keepTally: async (place, tried, kept) => {
      await unlessRefused(client.send(new PutCommand({
        TableName: table, Item: { ...keyOf('tally', place), partition: place.partition, number: place.number, tried, ...kept },
        ConditionExpression: 'attribute_not_exists(pk) OR tried <= :tried', ExpressionAttributeValues: { ':tried': tried },
      })), unmarshall);
    },
    tallies: async (id) => {
      const found: KeptTally[] = [];
      const query = {
        TableName: table, ConsistentRead: true, KeyConditionExpression: 'pk = :pk AND begins_with(sk, :tally)',
        ExpressionAttributeValues: { ':pk': `${journeys.migrationPrefix}${id}`, ':tally': 'tally#' },
      };
      for await (const { Items = [] } of paginateQuery({ client }, query)) found.push(...Items.map((item) => Kept.parse(item)));
      return found;
    },
  };
};
