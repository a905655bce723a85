import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Watermarks } from '../core/ports.ts';
import { Instant } from '../core/time.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';

const keyOf = (shard: number) => ({ pk: 'watermark', sk: String(shard) });

export const watermarks = (runtime: Runtime, table: string): Watermarks => {
  const client = documentClient(runtime);
  return {
    get: async (shard) => {
      const found = await client.send(new GetCommand({ TableName: table, Key: keyOf(shard), ConsistentRead: true }));
      return found.Item === undefined ? undefined : Instant.parse(found.Item['bucket']);
    },
    set: async (shard, bucket) => {
      await client.send(new PutCommand({ TableName: table, Item: { ...keyOf(shard), bucket } }));
    },
  };
};
