import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { contacts, keys } from '../../lib/aws/tables.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { startDynamo } from '../../lib/local/engines/dynamo.ts';
import type { KmsCall } from '../../lib/local/engines/kms.ts';
import { startKms } from '../../lib/local/engines/kms.ts';
import { instantOf } from '../../lib/core/time.ts';

const { segmentIndex } = contacts;
const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const primary = [
  { AttributeName: keys.pk, KeyType: 'HASH' as const },
  { AttributeName: keys.sk, KeyType: 'RANGE' as const },
];

/**
 * DynamoDB and KMS for one test file, with empty tables for contacts, their keys and journeys. `calls` lists what KMS was
 * asked. SDK clients made after this find both through the standard endpoint variables.
 */
export const startVaultEngines = async () => {
  const calls: KmsCall[] = [];
  const [dynamo, kms] = await Promise.all([startDynamo(), startKms((call) => calls.push(call))]);
  const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/vault';
  kms.createKey('vault', keyArn);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_DYNAMODB: dynamo.url, AWS_ENDPOINT_URL_KMS: kms.url,
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ credentials });
  await client.send(new CreateTableCommand({
    TableName: 'Contacts', BillingMode: 'PAY_PER_REQUEST', KeySchema: primary,
    AttributeDefinitions: [text(keys.pk), text(keys.sk), text(segmentIndex.pk)],
    GlobalSecondaryIndexes: [{
      IndexName: segmentIndex.name, Projection: { ProjectionType: 'KEYS_ONLY' },
      KeySchema: [
        { AttributeName: segmentIndex.pk, KeyType: 'HASH' }, { AttributeName: segmentIndex.sk, KeyType: 'RANGE' },
      ],
    }],
  }));
  for (const TableName of ['ContactKeys', 'Journeys']) {
    await client.send(new CreateTableCommand({
      TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: primary, AttributeDefinitions: [text(keys.pk), text(keys.sk)],
    }));
  }
  const runtime: Runtime = {
    clock: { now: () => instantOf(Date.UTC(2026, 10, 2)) }, clientConfig: { credentials }, plugins: [],
  };
  return {
    runtime, calls, keyArn, table: 'Contacts', keysTable: 'ContactKeys', journeysTable: 'Journeys',
    db: DynamoDBDocumentClient.from(client),
    stop: async () => {
      client.destroy();
      await Promise.all([dynamo.stop(), kms.stop()]);
    },
  };
};

export type VaultEngines = Awaited<ReturnType<typeof startVaultEngines>>;
