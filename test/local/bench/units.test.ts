import { expect, test } from 'vitest';
import { causedByContacts, invocationsPerContact, unitLines } from '../../../lib/local/bench/units.ts';
import type { Usage } from '../../../lib/local/meter.ts';

const nothing: Usage = {
  stateTransitions: 0, executions: 0, invocations: {}, failures: {}, dynamo: { read: 0, write: 0 }, dynamoCalls: {}, dynamoBy: {},
  kms: {}, ses: { sent: 0, rejected: 0, events: 0 }, sqs: {}, sns: 0,
};

const perContact = (usage: Usage, unit: string): number | undefined =>
  unitLines(usage, { contacts: 4, sends: 8, sendDecrypts: 10 }).find((line) => line.unit === unit)?.perContact;

test('units are divided by the contacts', () => {
  expect(perContact({ ...nothing, stateTransitions: 50 }, 'state transitions')).toBe(12.5);
});

test('invocations and requests are added up over their names', () => {
  expect(perContact({ ...nothing, invocations: { park: 6, send: 2 } }, 'Lambda invocations')).toBe(2);
});

test('decrypts are told for a send, not for a contact', () => {
  expect(perContact(nothing, 'KMS Decrypt a send')).toBe(1.25);
});

test('without a send there is no decrypt for one', () => {
  const line = unitLines(nothing, { contacts: 4, sends: 0, sendDecrypts: 0 }).find(({ unit }) => unit === 'KMS Decrypt a send');
  expect(line?.perContact).toBe(0);
});

test('a figure that the platform is designed for stands beside its unit', () => {
  expect(unitLines(nothing, { contacts: 1, sends: 1, sendDecrypts: 1 }).flatMap(({ unit, goal }) => (goal === null ? [] : [[unit, goal]]))).toEqual([
    ['state transitions', 16], ['executions', 4], ['Lambda invocations', 8], ['write units', 45], ['read units', 22],
    ['KMS Decrypt a send', 1],
  ]);
});

const sweep = { name: 'sweep', idle: { ...nothing, sqs: { GetQueueAttributes: 1 } } };
const used: Usage = {
  ...nothing,
  invocations: { sweep: 3, send: 5 },
  dynamo: { read: 500, write: 40 },
  dynamoBy: { sweep: { read: 480, write: 12 }, send: { read: 20, write: 28 } },
  sqs: { GetQueueAttributes: 3, SendMessageBatch: 2 },
};

test('what a scheduled function reads and writes is not caused by contacts', () => {
  expect(causedByContacts(used, [sweep]).dynamo).toEqual({ read: 20, write: 28 });
});

test('invocations of a scheduled function are not caused by contacts', () => {
  expect(causedByContacts(used, [sweep]).invocations).toEqual({ send: 5 });
});

test('the messages of a sweep are caused by contacts, the look at the queue is not', () => {
  expect(causedByContacts(used, [sweep]).sqs).toEqual({ GetQueueAttributes: 0, SendMessageBatch: 2 });
});

test('invocations are told by function, the most frequent first', () => {
  expect(invocationsPerContact({ ...nothing, invocations: { close: 4, send: 12 } }, 4)).toEqual([
    { function: 'send', perContact: 3 }, { function: 'close', perContact: 1 },
  ]);
});
