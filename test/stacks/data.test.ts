import { expect, test } from 'vitest';
import { deployment, ofType, resourcesOf } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const tables = ofType(resources, 'AWS::DynamoDB::Table');
const table = (name: string) => Object.entries(resources).find(([path]) => path.startsWith(`Data/${name}Table`))?.[1].Properties;

test('there are five tables, apart by sensitivity', () => {
  expect(tables).toHaveLength(5);
});

test('tables are encrypted with a customer-managed key', () => {
  expect(tables.map(({ Properties }) => Properties['SSESpecification'])
    .every((sse) => /"SSEType":"KMS"/u.test(JSON.stringify(sse)) && /KMSMasterKeyId/u.test(JSON.stringify(sse)))).toBe(true);
});

test('tables stay when their stack goes, and refuse deletion', () => {
  expect(tables.map(({ DeletionPolicy, Properties }) => [DeletionPolicy, Properties['DeletionProtectionEnabled']]))
    .toEqual(Array.from({ length: 5 }, () => ['Retain', true]));
});

test('tables can be restored to any second of 35 days', () => {
  expect(tables.map(({ Properties }) => Properties['PointInTimeRecoverySpecification']))
    .toEqual(Array.from({ length: 5 }, () => ({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 })));
});

test('journeys have an index of what is due, with nothing in it that a claim changes', () => {
  expect(table('Journeys')?.['GlobalSecondaryIndexes']).toEqual([{
    IndexName: 'due',
    KeySchema: [{ AttributeName: 'duePartition', KeyType: 'HASH' }, { AttributeName: 'due', KeyType: 'RANGE' }],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['journey', 'version'] },
  }]);
});

test('contacts have an index of segments that holds keys only', () => {
  expect(table('Contacts')?.['GlobalSecondaryIndexes']).toEqual([{
    IndexName: 'segment',
    KeySchema: [{ AttributeName: 'segmentPartition', KeyType: 'HASH' }, { AttributeName: 'pk', KeyType: 'RANGE' }],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  }]);
});

test('only the tables without PHI have streams', () => {
  expect(['Contacts', 'ContactKeys', 'Journeys', 'Ledger'].map((name) => table(name)?.['StreamSpecification'])).toEqual([
    undefined, undefined, { StreamViewType: 'NEW_AND_OLD_IMAGES' }, { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  ]);
});

test('rows of journeys may expire, rows of the ledger and receipts never do', () => {
  expect([table('Journeys'), table('Ledger'), table('Receipts')].map((properties) => properties?.['TimeToLiveSpecification']))
    .toEqual([{ AttributeName: 'expiresAt', Enabled: true }, undefined, undefined]);
});

const [bucket, ...otherBuckets] = ofType(resources, 'AWS::S3::Bucket');

test('there is one bucket, which stays when its stack goes', () => {
  expect([bucket?.DeletionPolicy, otherBuckets]).toEqual(['Retain', []]);
});

test('what comes into the bucket cannot be changed or deleted for six years, whoever asks', () => {
  expect([bucket?.Properties['ObjectLockEnabled'], bucket?.Properties['ObjectLockConfiguration'], bucket?.Properties['VersioningConfiguration']])
    .toEqual([true, { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2192 } } }, { Status: 'Enabled' }]);
});

test('the bucket is encrypted with a customer-managed key', () => {
  expect(JSON.stringify(bucket?.Properties['BucketEncryption'])).toMatch(/"SSEAlgorithm":"aws:kms"/u);
});
