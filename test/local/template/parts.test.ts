import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readAssembly } from '../../../lib/local/template/assembly.ts';
import { kinds } from '../../../lib/local/template/identity.ts';
import { readParts } from '../../../lib/local/template/parts.ts';
import { createResolver } from '../../../lib/local/template/resolve.ts';
import { readRoutes } from '../../../lib/local/template/routes.ts';
import { createTableParams } from '../../../lib/local/tables.ts';

const assembly = readAssembly(fileURLToPath(new URL('../fixtures/assembly', import.meta.url)));
const parts = readParts(assembly, createResolver(assembly, kinds((name) => `http://127.0.0.1:1/${name}`), '000000000000'));

test('every kind that the platform builds is read', () => {
  const counts = Object.fromEntries(Object.entries(parts).map(([kind, found]) => [kind, found.length]));
  expect(counts).toStrictEqual({
    Table: 2, Bucket: 1, Queue: 2, Topic: 1, Subscription: 1, Key: 1, Alias: 1, EventDestination: 1, ReceiptRule: 0, Function: 6,
    EventSourceMapping: 2, StateMachine: 1, Schedule: 1, ApiResource: 2, Method: 2, Custom: 1,
  });
});

test('a function\'s variables name resources of other stacks', () => {
  expect(parts.Function[0]?.properties.Environment?.Variables).toMatchObject({
    SENDWELL_JOURNEYS_TABLE: 'data-Journeys',
    SENDWELL_MACHINE_ARN_PREFIX: 'arn:aws:states:us-east-1:000000000000:stateMachine:test-',
  });
});

test('a route joins path, method and function', () => {
  expect(readRoutes(parts)).toStrictEqual([
    { method: 'PUT', resource: '/things/{thing}', functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:engine-ServeThings', authorization: 'AWS_IAM' },
    { method: 'GET', resource: '/things/{thing}', functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:engine-ServeThings', authorization: 'NONE' },
  ]);
});

test('a table keeps keys, indexes and stream, and leaves encryption aside', () => {
  const [, journeys] = parts.Table;
  if (journeys === undefined) throw new Error('the fixture has two tables');
  expect(createTableParams(journeys)).toMatchObject({
    TableName: 'data-Journeys',
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [{ IndexName: 'due', Projection: { ProjectionType: 'KEYS_ONLY' } }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
});
