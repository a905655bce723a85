import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { receipts } from '../../lib/aws/receipts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { keys } from '../../lib/aws/tables.ts';
import { startDynamo } from '../../lib/local/engines/dynamo.ts';
import { at } from '../core/audit/receipts.ts';

/** DynamoDB for one test file, and in it any number of chains, each a table of its own. */
export const startReceiptEngine = async () => {
  const dynamo = await startDynamo();
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_DYNAMODB: dynamo.url });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ credentials });
  const runtime: Runtime = { clock: { now: () => at }, clientConfig: { credentials }, plugins: [] };
  const db = DynamoDBDocumentClient.from(client);
  let tables = 0;
  return {
    db,
    /** What no function may do. */
    remove: (table: string, Key: { readonly pk: string; readonly sk: string }) => db.send(new DeleteCommand({ TableName: table, Key })),
    /** A chain without a receipt. */
    newChain: async () => {
      tables += 1;
      const table = `Receipts${tables}`;
      await client.send(new CreateTableCommand({
        TableName: table, BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: keys.pk, KeyType: 'HASH' }, { AttributeName: keys.sk, KeyType: 'RANGE' }],
        AttributeDefinitions: [{ AttributeName: keys.pk, AttributeType: 'S' }, { AttributeName: keys.sk, AttributeType: 'S' }],
      }));
      return { table, store: receipts(runtime, table) };
    },
    stop: async () => {
      client.destroy();
      await dynamo.stop();
    },
  };
};

export type ReceiptEngine = Awaited<ReturnType<typeof startReceiptEngine>>;
