import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Deltas } from '../core/engine/counts.ts';
import type { CountStore, VersionDeltas } from '../core/ports.ts';
import { millisecondsOf } from '../core/time.ts';
import { documentClient, failedConditions } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

/** Longer than a stream keeps its records, so a batch that comes again is always recognised. */
const keptSeconds = 3 * 86_400;

const keyOf = (journey: string, version: number) => ({ pk: `counts#${journey}#${version}`, sk: 'counts' });

/** Adds to one version's counts; names go through placeholders since they hold slashes. */
export const addParams = (table: string, { journey, version, deltas }: VersionDeltas) => {
  const entries = Object.entries(deltas);
  return {
    TableName: table,
    Key: keyOf(journey, version),
    UpdateExpression: `ADD ${entries.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#c${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(entries.map(([, amount], index) => [`:c${index}`, amount])),
  };
};

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
            ...changes.map((change) => ({ Update: addParams(table, change) })),
          ],
        }));
        return true;
      } catch (error) {
        failedConditions(error);
        return false;
      }
    },
    read: async (journey, version): Promise<Deltas> => {
      const found = await client.send(new GetCommand({ TableName: table, Key: keyOf(journey, version), ConsistentRead: true }));
      return Object.fromEntries(Object.entries(found.Item ?? {})
        .filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
    },
  };
};
