import { expect, test } from 'vitest';
import defaults from '../../cdk.json' with { type: 'json' };
import { Configuration } from '../../lib/stacks/configuration.ts';
import { deployment, ofType, resourcesOf, statementsByFunction } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const only = (type: string): Readonly<Record<string, unknown>> | undefined => ofType(resources, type)[0]?.Properties;

test('mail leaves over TLS or not at all', () => {
  expect(only('AWS::SES::ConfigurationSet')?.['DeliveryOptions']).toEqual({ TlsPolicy: 'REQUIRE' });
});

test('nothing tracks whether a patient opens or clicks', () => {
  expect(only('AWS::SES::ConfigurationSetEventDestination')?.['EventDestination'])
    .toHaveProperty('MatchingEventTypes', ['reject', 'bounce', 'complaint', 'delivery', 'deliveryDelay']);
});

test('mail is signed with DKIM, and bounces are not mailed on', () => {
  const { DkimAttributes, FeedbackAttributes } = only('AWS::SES::EmailIdentity') ?? {};
  expect([DkimAttributes, FeedbackAttributes]).toEqual([{ SigningEnabled: true }, { EmailForwardingEnabled: false }]);
});

test('events of mail are encrypted in the topic', () => {
  expect(JSON.stringify(only('AWS::SNS::Topic')?.['KmsMasterKeyId'])).toContain('FnGetAttData');
});

test('events of mail reach the queue as the mail service wrote them', () => {
  expect(only('AWS::SNS::Subscription')).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
});

const organisation = { ...defaults.context.organisation, unsubscribeMailbox: 'unsubscribe@northside.example' };
const receiving = resourcesOf(deployment({ changes: { organisation, receiveUnsubscribes: 'true' } }).platform);

test('mail to the unsubscribe mailbox is received where it is asked for, over TLS, and told of without its content', () => {
  expect(ofType(receiving, 'AWS::SES::ReceiptRule').map(({ Properties }) => Properties['Rule'])).toMatchObject([{
    Recipients: ['unsubscribe@northside.example'], TlsPolicy: 'Require', ScanEnabled: true, Enabled: true,
    Actions: [{ StopAction: { Scope: 'RuleSet' } }],
  }]);
});

test('no mail is received where it is not asked for', () => {
  expect([ofType(resources, 'AWS::SES::ReceiptRule'), statementsByFunction(resources).has('ingest-unsubscribe-mail')]).toEqual([[], false]);
  expect(ofType(resourcesOf(deployment({ changes: { organisation } }).platform), 'AWS::SES::ReceiptRule')).toEqual([]);
});

test('every topic and queue is encrypted also where mail is received', () => {
  const keys = [...ofType(receiving, 'AWS::SNS::Topic'), ...ofType(receiving, 'AWS::SQS::Queue')].map(({ Properties }) => Properties['KmsMasterKeyId']);
  expect(keys.filter((key) => key === undefined)).toEqual([]);
});

test('what stops mail by mail may do what the page may, and open no other key', () => {
  const functions = statementsByFunction(receiving);
  const vault = (name: string) => (functions.get(name) ?? []).filter(({ Resource }) => /Vault/u.test(JSON.stringify(Resource)));
  expect(vault('ingest-unsubscribe-mail')).toEqual(vault('unsubscribe'));
});

test('a mailbox that is to be received and has no name is refused', () => {
  const { error } = Configuration.safeParse({ ...defaults.context, receiveUnsubscribes: true });
  expect(error?.issues.map(({ path }) => path)).toEqual([['organisation', 'unsubscribeMailbox']]);
});
