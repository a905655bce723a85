import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../../lib/core/time.ts';
import { createActivity } from '../../../lib/local/activity.ts';
import type { Activity } from '../../../lib/local/activity.ts';
import { startMail } from '../../../lib/local/engines/mail.ts';
import type { MailEngine } from '../../../lib/local/engines/mail.ts';

const topic = 'arn:aws:sns:us-east-1:000000000000:mail';
const now = '2027-01-04T08:00:00.000Z' as Instant;
let engine: MailEngine;
let client: SESv2Client;
let activity: Activity;
let published: { topicArn: string; event: Record<string, unknown> }[];

beforeEach(async () => {
  published = [];
  activity = createActivity();
  engine = await startMail({
    activity,
    now: () => now,
    publish: (topicArn, message) => {
      published.push({ topicArn, event: JSON.parse(message) as Record<string, unknown> });
      return Promise.resolve();
    },
    observe: () => undefined,
  });
  engine.addDestination('journeys', topic, ['send', 'delivery', 'bounce', 'complaint']);
  client = new SESv2Client({
    endpoint: engine.url, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await engine.stop();
});

const send = async (to: string, subject = 'Hello', html = '<p>Hello</p>') => {
  const sent = await client.send(new SendEmailCommand({
    FromEmailAddress: 'plan@northside.example',
    Destination: { ToAddresses: [to] },
    Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Hello' }, Html: { Data: html } } } },
    EmailTags: [{ Name: 'ledger', Value: 'l_1' }],
    ConfigurationSetName: 'journeys',
  }));
  await activity.idle();
  return sent.MessageId;
};

const types = () => published.map(({ event }) => event['eventType']);

test('a mail is kept as it was sent, at the virtual time', async () => {
  const messageId = await send('ann@mail.example');
  expect(engine.mails()).toMatchObject([{ messageId, sentAt: now, to: ['ann@mail.example'], text: 'Hello', html: '<p>Hello</p>' }]);
});

test('a delivered mail has a Send and a Delivery event', async () => {
  await send('ann@mail.example');
  expect(types()).toStrictEqual(['Send', 'Delivery']);
});

test('an event carries the message id, the tags and the virtual time', async () => {
  const messageId = await send('ann@mail.example');
  expect(published[0]).toMatchObject({
    topicArn: topic,
    event: { mail: { messageId, timestamp: now, tags: { ledger: ['l_1'], 'ses:configuration-set': ['journeys'] } }, send: {} },
  });
});

test('an address that bounces has a permanent Bounce event', async () => {
  engine.decide((address) => (address === 'gone@mail.example' ? 'bounce' : 'deliver'));
  await send('gone@mail.example');
  expect(published.map(({ event }) => event)).toMatchObject([
    { eventType: 'Send' },
    { eventType: 'Bounce', bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'gone@mail.example' }] } },
  ]);
});

test('an address that complains has a Complaint event', async () => {
  await send('complaint@simulator.amazonses.com');
  expect(types()).toStrictEqual(['Send', 'Delivery', 'Complaint']);
});

test('a rejected mail fails the call and is not sent', async () => {
  engine.decide(() => 'reject');
  await expect(send('ann@mail.example')).rejects.toThrow(expect.objectContaining({ name: 'MessageRejected' }));
  expect([engine.mails(), published]).toStrictEqual([[], []]);
});

test('a destination takes only the events that it asked for', async () => {
  engine.addDestination('journeys', 'other', ['SEND']);
  await send('ann@mail.example');
  expect(published.filter(({ topicArn }) => topicArn === 'other').map(({ event }) => event['eventType'])).toStrictEqual(['Send']);
});

test('the viewer escapes a subject', async () => {
  await send('ann@mail.example', '<script>alert(1)</script>');
  const page = await (await fetch(engine.url)).text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('the viewer shows a mail\'s HTML in a frame without rights', async () => {
  await send('ann@mail.example', 'Hello', '<p class="x">Hello</p>');
  const response = await fetch(`${engine.url}/mail/1`);
  expect(await response.text()).toContain('<iframe sandbox="" srcdoc="&lt;p class=&quot;x&quot;&gt;Hello&lt;/p&gt;">');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});
