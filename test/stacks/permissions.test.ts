import { expect, test } from 'vitest';
import { actionsOf, deployment, ofType, resourcesOf, statementsByFunction } from './deployment.ts';
import type { Statement } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const policies = [...ofType(resources, 'AWS::IAM::ManagedPolicy'), ...ofType(resources, 'AWS::IAM::Policy')];
const statements = policies.flatMap(
  ({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement,
);
const functions = statementsByFunction(resources);

const mayDo = (action: string, resource: RegExp): readonly string[] =>
  [...functions].filter(([, held]) => held.some((statement) =>
    actionsOf(statement).includes(action) && resource.test(JSON.stringify(statement.Resource)))).map(([name]) => name).sort();

const contexts = (name: string): readonly unknown[] => (functions.get(name) ?? [])
  .filter(({ Resource }) => /Vault/u.test(JSON.stringify(Resource)))
  .map(({ Condition }) => Condition);

test('no permission names an action by wildcard', () => {
  expect(statements.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
});

test('only actions that know no resources are allowed on every resource', () => {
  const onAll = statements.filter(({ Resource }) => [Resource].flat().includes('*')).flatMap(actionsOf);
  expect([...new Set(onAll.map((action) => action.split(':')[0]))].sort()).toEqual(['logs', 'xray']);
});

test('no function scans a table', () => {
  expect(statements.flatMap(actionsOf).filter((action) => /Scan|Batch|PartiQL/u.test(action))).toEqual([]);
});

const deletes = [...functions].map(([name, held]) => [name, held.filter((statement) => actionsOf(statement).includes('dynamodb:DeleteItem'))] as const)
  .filter(([, held]) => held.length > 0);

test('no function deletes from a table at large but those that take contacts out of segments', () => {
  const atLarge = deletes.filter(([, held]) => held.some(({ Condition }) => Condition?.['ForAllValues:StringEquals'] === undefined));
  expect(atLarge.map(([name]) => name).sort()).toEqual(['change-members', 'fire-timers', 'put-contacts', 'react-to-changes', 'review-contacts']);
});

test('those who change what a contact permits take withdrawals off the list of pending ones, and nothing else', () => {
  const narrow = deletes.flatMap(([name, held]) => held
    .flatMap(({ Condition }) => Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys'] ?? [])
    .map((partitions) => `${name} ${String(partitions)}`));
  expect(narrow.sort()).toEqual(
    ['check-invariants', 'ingest-mail-events', 'put-contacts', 'record-consent', 'show-preferences', 'unsubscribe'].map((name) => `${name} withdrawals#pending`),
  );
});

test('the list of authorizations that end is read by its own function; the form that is signed touches it and tells of the change', () => {
  const narrow = [...functions].flatMap(([name, held]) => held.flatMap((statement) => {
    const partitions = statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    return partitions === undefined || /^(?:migrations?|counts|version)#/u.test(String(partitions)) ? [] : [[name, actionsOf(statement), partitions]];
  }));
  expect(narrow).toEqual([
    ['add-to-segment', ['dynamodb:PutItem'], ['c_*']],
    ['change-members', ['dynamodb:PutItem'], ['c_*']],
    ['list-renewals', ['dynamodb:Query'], ['renewals#*']], ['show-authorization', ['dynamodb:PutItem'], ['renewals#*']],
    ['show-authorization', ['dynamodb:PutItem'], ['c_*']],
  ]);
  const atLarge = (functions.get('show-authorization') ?? []).filter(({ Resource, Condition }) =>
    /Journeys/u.test(JSON.stringify(Resource)) && Condition?.['ForAllValues:StringLike'] === undefined);
  expect(atLarge).toEqual([]);
});

test('the figures of compliance are read and change nothing', () => {
  const held = (functions.get('read-compliance') ?? []).filter(({ Resource }) => /Journeys/u.test(JSON.stringify(Resource)));
  expect(held.flatMap(actionsOf).sort()).toEqual(['dynamodb:GetItem', 'dynamodb:Query']);
});

const mayInSegments = (action: string): readonly string[] =>
  [...functions].filter(([, held]) => held.some((statement) => actionsOf(statement).includes(action)
    && JSON.stringify(statement.Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']) === '["segments"]'))
    .map(([name]) => name).sort();

test('functions that touch memberships and read no other partition are let into that of the segments', () => {
  expect(mayInSegments('dynamodb:Query')).toEqual(['add-to-segment', 'change-members', 'enrol-contacts', 'list-members', 'list-segments', 'publish-journey', 'put-contacts']);
});

const mayInStates = (action: string): readonly string[] =>
  [...functions].filter(([, held]) => held.some((statement) => actionsOf(statement).includes(action)
    && JSON.stringify(statement.Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']) === '["journey-states"]'))
    .map(([name]) => name).sort();

test('how journeys stand is changed by those who say so, one function each, and by publishing', () => {
  expect(mayInStates('dynamodb:UpdateItem')).toEqual(['delete-version', 'pause-journey', 'publish-journey', 'publish-version', 'resume-journey', 'retire-journey']);
});

test('those who say how journeys stand touch no enrolment', () => {
  const touched = ['pause-journey', 'resume-journey', 'retire-journey', 'publish-version'].flatMap((name) => (functions.get(name) ?? [])
    .filter(({ Resource }) => /Journeys/u.test(JSON.stringify(Resource)))
    .map(({ Condition }) => Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']));
  expect([...new Set(touched.map((partitions) => JSON.stringify(partitions)))].sort()).toEqual(['["catalogue"]', '["journey-states"]', '["segments"]', '["watched"]', undefined]);
});

test('runs are moved in number by one function, which opens no contact and mails nobody', () => {
  expect(mayDo('sqs:SendMessage', /MoveQueue/u)).toEqual(['check-invariants', 'move-enrolments', 'request-migration', 'resume-journey']);
  expect((functions.get('move-enrolments') ?? []).flatMap(actionsOf).filter((action) => /^(?:ses|kms:CreateGrant)/u.test(action))).toEqual([]);
  expect(contexts('move-enrolments')).toEqual([]);
});

test('migrations are asked for, worked off and read by one function each', () => {
  const mayIn = (prefix: string) => [...functions].flatMap(([name, held]) => held.flatMap((statement) =>
    (String(statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']) === `${prefix}*` ? [[name, actionsOf(statement)]] : []))).sort();
  expect([mayIn('migrations#'), mayIn('migration#')]).toEqual([
    [['read-migration', ['dynamodb:GetItem']], ['request-migration', ['dynamodb:PutItem']]],
    [['move-enrolments', ['dynamodb:PutItem']], ['read-migration', ['dynamodb:Query']]],
  ]);
});

test('a version is deleted by a function that reads its counts and the index, and no row', () => {
  const held = (functions.get('delete-version') ?? []).filter(({ Resource }) => /Journeys/u.test(JSON.stringify(Resource)));
  expect(held.map((statement) => [actionsOf(statement), statement.Condition === undefined])).toEqual([
    [['dynamodb:Query'], false], [['dynamodb:GetItem', 'dynamodb:UpdateItem'], false], [['dynamodb:GetItem'], false], [['dynamodb:Query'], true],
  ]);
});

test('segments are written where journeys are published, and nowhere else', () => {
  expect(mayInSegments('dynamodb:UpdateItem')).toEqual(['publish-journey', 'publish-version']);
});

test('the import touches the journeys only to find segments and to end the runs of somebody who died', () => {
  const touches = (functions.get('put-contacts') ?? []).filter(({ Resource }) => /Journeys/u.test(JSON.stringify(Resource)));
  expect(touches.map((statement) => [actionsOf(statement), statement.Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']]))
    .toEqual([
      [['dynamodb:Query'], ['segments']],
      [['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], undefined],
      [['dynamodb:DeleteItem'], ['withdrawals#pending']],
    ]);
});

test('a page of a segment is read from its index, and queued again where it was taken from', () => {
  expect([mayDo('dynamodb:Query', /Contacts.*index\/segment/u), mayDo('sqs:SendMessage', /EnrolQueue/u)])
    .toEqual([['check-launch', 'enrol-contacts', 'list-members', 'review-contacts'], ['enrol-contacts', 'request-enrolment']]);
});

test('only functions that need a patient value open contacts', () => {
  const opening = [...functions.keys()].filter((name) => JSON.stringify(contexts(name)).includes('["contact"]')).sort();
  expect(opening).toEqual([
    'check-invariants', 'check-launch', 'choose-branch', 'enrol-contacts', 'fire-timers', 'hand-over', 'ingest-mail-events', 'park-enrolment', 'put-contacts',
    'react-to-changes', 'read-consents', 'record-consent', 'record-event', 'review-contacts',
    'send-message', 'show-authorization', 'show-preferences', 'unsubscribe',
  ]);
});

test('the function that follows links opens the key of links and nothing else', () => {
  expect(contexts('follow-link')).toEqual([{ StringEquals: { 'kms:EncryptionContext:application': 'links' } }]);
});

test('the function that follows links reads one partition of the wrapped keys', () => {
  const reads = (functions.get('follow-link') ?? []).filter(({ Resource }) => /ContactKeys/u.test(JSON.stringify(Resource)));
  expect(reads.map(({ Condition }) => Condition?.['ForAllValues:StringEquals'])).toEqual([
    { 'dynamodb:LeadingKeys': ['app#links'] },
  ]);
});

test('data keys are made at import, and the key of links by the first send or the first link asked for', () => {
  expect(mayDo('kms:GenerateDataKey', /Vault/u)).toEqual(['mint-link', 'put-contacts', 'send-message']);
});

test('one function sends mail', () => {
  expect(mayDo('ses:SendEmail', /./u)).toEqual(['send-message']);
});

test('mail leaves only as the own identity through the own configuration set', () => {
  const sends = statements.filter((statement) => actionsOf(statement).includes('ses:SendEmail'));
  expect(sends.map(({ Resource }) => JSON.stringify(Resource).match(/:(?:identity|configuration-set)\//gu)))
    .toEqual([[':configuration-set/', ':identity/']]);
});

test('executions are started by those who enter and wake contacts, on the machines of this deployment', () => {
  expect(mayDo('states:StartExecution', /stateMachine:sendwell-\*/u)).toEqual([
    'enrol-contacts', 'fire-timers', 'follow-link', 'hand-over', 'ingest-mail-events', 'move-enrolments', 'park-enrolment',
    'react-to-changes', 'record-event', 'record-open', 'resume-enrolment', 'review-contacts',
  ]);
});

test('only sending and the events of mail change the ledger', () => {
  expect(mayDo('dynamodb:UpdateItem', /Ledger/u)).toEqual(['ingest-mail-events', 'send-message']);
});

test('one function appends receipts', () => {
  expect(mayDo('dynamodb:PutItem', /Receipts/u)).toEqual(['write-receipts']);
});

test('one function adds to the archive, and none reads it or takes from it', () => {
  const touching = [...functions].flatMap(([name, held]) => held.flatMap(actionsOf).filter((action) => action.startsWith('s3:')).map((action) => [name, action]));
  expect(touching).toEqual([['export-receipts', 's3:PutObject']]);
});

test('the key of data at rest is used through the service that encrypts, never directly', () => {
  const direct = [...functions].flatMap(([name, held]) => held
    .filter(({ Resource, Condition }) => /ExportsOutputFnGetAttData/u.test(JSON.stringify(Resource))
      && Condition?.['StringEquals']?.['kms:ViaService'] === undefined)
    .map(() => name));
  expect(direct).toEqual([]);
});

test('every function has a role, a policy and a log group of its own', () => {
  const lambdas = ofType(resources, 'AWS::Lambda::Function');
  const distinct = (read: (properties: Readonly<Record<string, unknown>>) => unknown): number =>
    new Set(lambdas.map(({ Properties }) => JSON.stringify(read(Properties)))).size;
  expect([distinct(({ Role }) => Role), distinct(({ LoggingConfig }) => (LoggingConfig as { LogGroup: unknown }).LogGroup)])
    .toEqual([lambdas.length, lambdas.length]);
});
