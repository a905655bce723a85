import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Deltas } from '../core/engine/counts.ts';
import { addDeltas } from '../core/engine/counts.ts';
import type { CountStore, VersionDeltas } from '../core/ports.ts';
import { millisecondsOf } from '../core/time.ts';
import { documentClient, failedConditions } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

/** Longer than a stream keeps its records, so a batch that comes again is always recognised. */
const keptSeconds = 3 * 86_400;

const rows = { runs: 'counts', sends: 'counts#sends' } as const;

/**
 * Runs and sends come from streams of their own, so a batch adds to one of both rows; each write is billed by the size of
 * its row.
 */
const rowOf = (name: string): string =>
  (/^(?:send|refused|refused-at|put-off|put-off-at|permit|basis|delivered|bounced)(?:\/|$)/u.test(name) ? rows.sends : rows.runs);

/** The rows of one version; figures of no version, of all journeys or of a stream of mail, have one. */
const rowsOf = (journey: string, version: number): readonly string[] =>
  (version > 0 && !journey.includes('/') ? Object.values(rows) : [rows.runs]);

const partition = (journey: string, version: number): string => `${journeys.countsPrefix}${journey}#${version}`;

/** Adds to a row of one version's counts; names go through placeholders since they hold slashes. */
const addTo = (table: string, pk: string, sk: string, entries: readonly (readonly [string, number])[]) => ({
  TableName: table,
  Key: { pk, sk },
  UpdateExpression: `ADD ${entries.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
  ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#c${index}`, name])),
  ExpressionAttributeValues: Object.fromEntries(entries.map(([, amount], index) => [`:c${index}`, amount])),
});

/** What adds to one version's counts, an update a row. */
export const addParams = (table: string, { journey, version, deltas }: VersionDeltas) =>
  rowsOf(journey, version).flatMap((sk, _, all) => {
    const entries = Object.entries(deltas).filter(([name]) => all.length === 1 || rowOf(name) === sk);
    return entries.length === 0 ? [] : [addTo(table, partition(journey, version), sk, entries)];
  });

export const counts = (runtime: Runtime, table: string): CountStore => {
  const client = documentClient(runtime);
  return {
    add: async (batch, changes) => {
      const expiresAt = Math.floor(millisecondsOf(runtime.clock.now()) / 1000) + keptSeconds;
      const Item = { pk: `checkpoint#${batch}`, sk: 'checkpoint', [journeys.ttl]: expiresAt };
      try {
        await client.send(new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
            ...changes.flatMap((change) => addParams(table, change)).map((Update) => ({ Update })),
          ],
        }));
        return true;
      } catch (error) {
        failedConditions(error);
        return false;
      }
    },
    read: async (journey, version): Promise<Deltas> => {
      const found = await Promise.all(rowsOf(journey, version).map((sk) => client.send(new GetCommand({
        TableName: table, Key: { pk: partition(journey, version), sk }, ConsistentRead: true,
      }))));
      return addDeltas(found.map(({ Item = {} }) =>
        Object.fromEntries(Object.entries(Item).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))));
    },
  };
};
