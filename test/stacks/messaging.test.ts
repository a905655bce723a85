import { expect, test } from 'vitest';
import { deployment, ofType, resourcesOf } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const only = (type: string): Readonly<Record<string, unknown>> | undefined => ofType(resources, type)[0]?.Properties;

test('mail leaves over TLS or not at all', () => {
  expect(only('AWS::SES::ConfigurationSet')?.['DeliveryOptions']).toEqual({ TlsPolicy: 'REQUIRE' });
});

test('nothing tracks whether a patient opens or clicks', () => {
  expect(only('AWS::SES::ConfigurationSetEventDestination')?.['EventDestination'])
    .toHaveProperty('MatchingEventTypes', ['send', 'reject', 'bounce', 'complaint', 'delivery', 'deliveryDelay']);
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
