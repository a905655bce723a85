import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deployment, ofType, resourcesOf } from './deployment.ts';
import type { Statement } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const queues = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::SQS::Queue');
const lambdas = ofType(resources, 'AWS::Lambda::Function');
const mappings = ofType(resources, 'AWS::Lambda::EventSourceMapping');

test('queues are encrypted with a customer-managed key', () => {
  expect(queues.filter(([, { Properties }]) => !JSON.stringify(Properties['KmsMasterKeyId'] ?? '').includes('FnGetAttData'))).toEqual([]);
});

test('queues refuse requests without TLS', () => {
  const refusing = ofType(resources, 'AWS::SQS::QueuePolicy').filter(({ Properties }) =>
    (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement.some(({ Effect, Condition }) =>
      Effect === 'Deny' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false'));
  expect(refusing).toHaveLength(queues.length);
});

test('queues of work give up on a message after five tries', () => {
  const redriven = queues.filter(([, { Properties }]) => Properties['RedrivePolicy'] !== undefined);
  expect(redriven.map(([path, { Properties }]) =>
    [path.replace(/Queue[0-9A-F]{8}$/u, ''), (Properties['RedrivePolicy'] as { maxReceiveCount: number }).maxReceiveCount]).sort())
    .toEqual([['Engine/Enrol', 5], ['Engine/Move', 5], ['Engine/Resume', 5], ['Engine/Review', 5], ['Engine/Timer', 5], ['Messaging/MailEvents', 5]]);
});

test('a message stays hidden for six runs of its consumer', () => {
  const hidden = queues.filter(([, { Properties }]) => Properties['RedrivePolicy'] !== undefined)
    .map(([, { Properties }]) => Properties['VisibilityTimeout']);
  const consumers = lambdas.filter(({ Metadata }) =>
    ['enrol-contacts', 'move-enrolments', 'resume-enrolment', 'fire-timers', 'review-contacts', 'ingest-mail-events'].includes(String(Metadata?.['sendwell:function'])));
  expect([hidden, consumers.map(({ Properties }) => Properties['Timeout'])]).toEqual([[360, 360, 360, 360, 360, 360], [60, 60, 60, 60, 60, 60]]);
});

test('a bad message of a batch fails alone', () => {
  const fromQueues = mappings.filter(({ Properties }) => Properties['StartingPosition'] === undefined);
  expect(fromQueues.map(({ Properties }) => Properties['FunctionResponseTypes']))
    .toEqual(Array.from({ length: 6 }, () => ['ReportBatchItemFailures']));
});

test('news of mail gathers for a while, since nobody waits for it', () => {
  const gathering = mappings.filter(({ Properties }) => Properties['MaximumBatchingWindowInSeconds'] === 20);
  expect(gathering.map(({ Properties }) => Properties['BatchSize'])).toEqual([100]);
});

test('counting reads runs, withdrawals and follow-ups from the one stream and sends from the other, from which receipts are kept as well; changes are followed one by one', () => {
  const fromStreams = mappings.filter(({ Properties }) => Properties['StartingPosition'] !== undefined);
  expect(fromStreams.map(({ Properties }) => [Properties['BatchSize'], Properties['BisectBatchOnFunctionError'], Properties['FilterCriteria']]))
    .toEqual([
      [100, true, { Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"change#"}]}}}}' }] }],
      [500, false, {
        Filters: [
          { Pattern: '{"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"e_"}]}}}}' },
          { Pattern: '{"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"withdrawal#"}]}}}}' },
          { Pattern: '{"dynamodb":{"Keys":{"pk":{"S":["follow-ups"]}}}}' },
        ],
      }],
      [500, false, undefined],
      [500, true, undefined],
    ]);
});

test('the sweeper ticks every minute, the invariants every quarter of an hour, the export of receipts once a day', () => {
  expect(ofType(resources, 'AWS::Scheduler::Schedule').map(({ Properties }) => Properties['ScheduleExpression']))
    .toEqual(['rate(1 minute)', 'rate(1 day)', 'rate(15 minutes)']);
});

test('functions run on one runtime and one architecture', () => {
  expect([...new Set(lambdas.map(({ Properties }) => `${String(Properties['Runtime'])} ${String(Properties['Architectures'])}`))])
    .toEqual(['nodejs24.x arm64']);
});

test('functions that nobody waits for keep what failed', () => {
  const kept = lambdas.filter(({ Properties }) => Properties['DeadLetterConfig'] !== undefined)
    .map(({ Metadata }) => String(Metadata?.['sendwell:function'])).sort();
  expect(kept).toEqual(['check-invariants', 'export-receipts', 'publish-journey', 'sweep-due']);
});

test('logs are encrypted with a customer-managed key and kept for a year', () => {
  const groups = ofType(resources, 'AWS::Logs::LogGroup');
  expect(groups.filter(({ Properties }) =>
    Properties['RetentionInDays'] !== 365 || !JSON.stringify(Properties['KmsKeyId'] ?? '').includes('FnGetAttData'))).toEqual([]);
});

test('no resource but those whose service asks for it has a fixed name', () => {
  const named = Object.values(resources)
    .filter(({ Properties }) => ['TableName', 'QueueName', 'FunctionName', 'RoleName', 'TopicName', 'ManagedPolicyName', 'BucketName']
      .some((name) => typeof Properties[name] === 'string'));
  expect(named).toEqual([]);
});

test('every alarm has a name with a section in the runbook, and somebody to tell', () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  expect(alarms.filter(({ AlarmName, AlarmActions }) =>
    !new RegExp(`^### ${String(AlarmName).replace('sendwell-', '')}\\b`, 'mu').test(runbook) || (AlarmActions as unknown[]).length === 0)).toEqual([]);
});

test('a withdrawal alarms after a quarter of an hour, and silence alarms too', () => {
  const [alarm] = ofType(resources, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties['MetricName'] === 'oldestWithdrawalSeconds');
  expect(alarm?.Properties).toMatchObject({
    AlarmName: 'sendwell-withdrawal-overdue', Namespace: 'Sendwell', Threshold: 900, Statistic: 'Maximum', EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'breaching',
  });
});
