import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { WatchList } from '../core/ports.ts';
import { documentClient } from './dynamo.ts';
import { kept } from './kept.ts';
import { oncePer } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const keptSeconds = 60;

const Key = { pk: journeys.watched, sk: journeys.watched };

const lists = oncePer(() => new Map<string, WatchList>());

const listIn = (runtime: Runtime, table: string): WatchList => {
  const client = documentClient(runtime);
  const { all } = kept(runtime, keptSeconds, async () => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key }));
    return [...(Item?.['names'] as ReadonlySet<string> | undefined ?? [])];
  });
  return {
    all: async () => new Set(await all()),
    add: async (names) => {
      if (names.length === 0) return;
      await client.send(new UpdateCommand({
        TableName: table, Key, UpdateExpression: 'ADD #names :names',
        ExpressionAttributeNames: { '#names': 'names' }, ExpressionAttributeValues: { ':names': new Set(names) },
      }));
    },
  };
};

/** What anything published reacts to: one row, of which a function has one copy for a minute. */
export const watchList = (runtime: Runtime, table: string): WatchList => {
  const known = lists(runtime).get(table) ?? listIn(runtime, table);
  lists(runtime).set(table, known);
  return known;
};
