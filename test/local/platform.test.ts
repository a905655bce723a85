import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const at = (text: string): Instant => text as Instant;
let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({
    assembly: `${fixtures}/assembly`, functions: `${fixtures}/functions`, startAt: at('2027-01-04T08:00:00.000Z'),
  });
});

afterAll(async () => {
  await platform.stop();
});

const thing = async (name: string): Promise<Record<string, unknown>> =>
  (await platform.call('GET', `/things/${name}`)).body as Record<string, unknown>;

test('the custom resource is created with its properties as text, and what functions print is captured', () => {
  expect(platform.logs()).toContainEqual({ function: 'publish-thing', text: 'Create greeting string' });
});

test('a thing put through the API is swept in the first whole minute after it falls due', async () => {
  const made = await platform.call('PUT', '/things/one', { due: '2027-01-10T12:00:30.000Z' });
  await platform.runUntil(at('2027-01-10T13:00:00.000Z'));
  expect([made.status, (await thing('one'))['sweptAt']]).toStrictEqual([201, '2027-01-10T12:01:00.000Z']);
});

test('the clock ends at the target', () => {
  expect(platform.clock.now()).toBe('2027-01-10T13:00:00.000Z');
});

test('what was swept went through its machine to a mail', () => {
  expect(platform.executions().find((one) => one.name === 'one')?.status).toBe('SUCCEEDED');
  expect(platform.mails().filter((mail) => mail.tags['thing'] === 'one')).toMatchObject([{ sentAt: '2027-01-10T12:01:00.000Z' }]);
});

test('a mail\'s events go through topic and queue to the function', async () => {
  expect(platform.meter().invocations['note-events']).toBe(2);
  expect(platform.meter().ses).toStrictEqual({ sent: 1, rejected: 0, events: 2 });
});

test('only rows that fit the filter reach the function of the stream', () => {
  expect(platform.meter().invocations['count-rows']).toBe(1);
});

test('states, executions and keys are metered', () => {
  const { stateTransitions, executions, kms } = platform.meter();
  expect({ stateTransitions, executions, kms }).toStrictEqual({
    stateTransitions: 3, executions: 1, kms: { GenerateDataKey: 1, Decrypt: 1 },
  });
});

test('the trail names the function that opened a contact\'s key', () => {
  const opened = platform.trail().filter((record) => record.eventName === 'Decrypt');
  expect(opened).toMatchObject([{
    eventTime: '2027-01-10T12:01:00.000Z',
    userIdentity: { sessionContext: { sessionIssuer: { userName: 'send-greeting' } } },
    requestParameters: { encryptionContext: { contact: 'one' } },
  }]);
});

test('the trail has the accesses to tables with PHI, by key, and no others', () => {
  const accesses = platform.trail().filter((record) => record.eventSource === 'dynamodb.amazonaws.com');
  expect(accesses.map(({ requestParameters }) => requestParameters)).toStrictEqual([
    { tableName: 'data-Contacts', key: { pk: 'one', sk: 'e_thing' } },
  ]);
});

test('a write that its condition refuses costs one unit', async () => {
  platform.resetMeter();
  await platform.call('PUT', '/things/one', { due: '2027-03-01T00:00:00.000Z' });
  expect(platform.meter()).toMatchObject({ dynamo: { read: 0, write: 2 }, failures: { 'serve-things': 1 } });
});

test('a handler that throws is an internal error to the caller', async () => {
  const answer = await platform.call('PUT', '/things/one', { due: '2027-03-01T00:00:00.000Z' });
  expect(answer).toMatchObject({ status: 502, body: { message: 'Internal server error' } });
});

test('a path without a method is refused as API Gateway does', async () => {
  expect(await platform.call('POST', '/things/one')).toMatchObject({ status: 403 });
});

test('scripted moments come at their time, in order', async () => {
  const seen: string[] = [];
  platform.at(at('2027-01-12T10:00:00.000Z'), () => seen.push(`second ${platform.clock.now()}`));
  platform.at(at('2027-01-11T10:00:15.000Z'), () => seen.push(`first ${platform.clock.now()}`));
  await platform.runUntil(at('2027-01-13T00:00:00.000Z'));
  expect(seen).toStrictEqual(['first 2027-01-11T10:00:15.000Z', 'second 2027-01-12T10:00:00.000Z']);
});

test('a message that always fails ends in the dead letters, and time goes on', async () => {
  platform.resetMeter();
  await platform.call('PUT', '/things/poison', { due: '2027-01-14T00:00:00.000Z' });
  await platform.runUntil(at('2027-01-15T00:00:00.000Z'));
  expect(platform.clock.now()).toBe('2027-01-15T00:00:00.000Z');
  expect(platform.mails().some((mail) => mail.tags['thing'] === 'poison')).toBe(true);
});

test('a bounced address brings a Bounce event', async () => {
  platform.decideMail((address) => (address === 'ann@mail.example' ? 'bounce' : 'deliver'));
  await platform.call('PUT', '/things/three', { due: '2027-01-16T00:00:00.000Z' });
  await platform.runUntil(at('2027-01-17T00:00:00.000Z'));
  expect(platform.mails().at(-1)).toMatchObject({ outcome: 'bounce', sentAt: '2027-01-16T00:00:00.000Z' });
});

test('a crash at the first call of a sweep ends it there', async () => {
  await platform.call('PUT', '/things/four', { due: '2027-01-18T00:00:00.000Z' });
  platform.resetMeter();
  const before = platform.externalCalls();
  platform.inject({ nth: 1, when: 'before', act: 'throw' });
  await platform.runUntil(at('2027-01-18T00:00:00.000Z'));
  expect(platform.externalCalls() - before).toBe(1);
  expect(platform.meter()).toMatchObject({ failures: { 'sweep-due': 1 }, dynamoCalls: {} });
});

test('what a crashed sweep left due is swept a minute later', async () => {
  await platform.runUntil(at('2027-01-18T00:10:00.000Z'));
  expect((await thing('four'))['sweptAt']).toBe('2027-01-18T00:01:00.000Z');
});

test('a moment that is past cannot be scripted', () => {
  expect(() => platform.at(at('2027-01-01T00:00:00.000Z'), () => undefined)).toThrow('past');
});

test('a crash after a call leaves its effect, and fails the burst as its machine says', async () => {
  await platform.call('PUT', '/things/five', { due: '2027-01-19T00:00:00.000Z' });
  // Query and StartExecution of the sweep come first, then the first call of the burst.
  platform.inject({ nth: 3, when: 'after', act: 'throw' });
  platform.resetMeter();
  await platform.runUntil(at('2027-01-20T00:00:00.000Z'));
  expect(platform.executions().find((one) => one.name === 'five')).toMatchObject({ status: 'FAILED', error: 'Failed' });
  expect(platform.meter().kms).toStrictEqual({ GenerateDataKey: 1 });
});
