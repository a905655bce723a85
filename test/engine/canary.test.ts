import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { env } from '../../lib/aws/env.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { browser, enrol, lifeSeconds, linksIn, startAt } from './people.ts';

/** A patient whose every value is marked, so that any of them is known wherever it turns up. */
const marks = {
  source: 'Canary7Record', firstName: 'Canary7First', lastName: 'Canary7Last', gender: 'Canary7Gender', language: 'Canary7Tongue',
  birthDate: '1943-07-19', planEndsOn: '2026-12-27', condition: 'Canary7Condition', medication: 'Canary7Drug', address: 'heronbox7',
  visit: 'Canary7Visit', place: 'Canary7Place',
} as const;

const canary = {
  source: `mrn/${marks.source}`, relationship: 'plan_member', state: 'OH', timeZone: 'America/New_York',
  birthDate: marks.birthDate, deceased: false, email: `${marks.address}@example.test`,
  fields: {
    firstName: marks.firstName, lastName: marks.lastName, gender: marks.gender, language: marks.language, planYear: 2026,
    planEndsOn: marks.planEndsOn, conditions: [marks.condition], medications: [marks.medication],
  },
};

/** Calls whose very purpose is to hand a value in. SES writes recipients into its own events; they are cut on arrival. */
const handsIn = new Set(['put-contacts', 'ingest-mail-events']);

const witnessed: string[] = [];
let platform: Platform;
let contact = '';
let recorded = 0;
const urls: string[] = [];

const found = (texts: readonly string[]): readonly string[] =>
  Object.values(marks).filter((mark) => texts.some((text) => text.toLowerCase().includes(mark.toLowerCase())));

/** Every item of a table as it is stored, encrypted bytes as text. */
const itemsOf = async (table: string): Promise<readonly string[]> => {
  const client = new DynamoDBClient({
    endpoint: platform.urls.dynamo, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: process.env[table] ?? '' }));
  client.destroy();
  return Items.map((item) => JSON.stringify(item, (_, value: unknown) =>
    (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)));
};

beforeAll(async () => {
  platform = await startPlatform({
    assembly: inject('assembly'), startAt,
    witness: (name, event, result) => {
      if (!handsIn.has(name)) witnessed.push(JSON.stringify([name, event, result]));
    },
  });
  const answer = await platform.call('POST', '/contacts', { contacts: [canary] });
  contact = (answer.body as { accepted: { contact: string }[] }).accepted[0]?.contact ?? '';
  await enrol(platform, contact);
  await platform.settle();
  platform.at(addSeconds(platform.clock.now(), 3600), async () => {
    const mail = platform.mails().find(({ tags }) => tags['contact'] === contact);
    for (const path of linksIn(mail?.html ?? '').values()) urls.push(path);
    const more = [...linksIn(mail?.html ?? '')].find(([words]) => words.startsWith('Read what changes'))?.[1] ?? '';
    await platform.call('GET', more, undefined, { 'user-agent': browser });
  });
  // A journey that fails on bad input, a request that does not parse, and a contact that nobody knows leave errors.
  await platform.call('POST', '/contacts', { contacts: [{ ...canary, birthDate: 'not a date', email: marks.address }] });
  const told = { name: 'appointment.scheduled', attributes: { appointmentId: marks.visit, place: marks.place } };
  recorded = (await platform.call('POST', `/contacts/${contact}/events`, { ...told, id: 'visit' })).status;
  await platform.call('POST', `/contacts/${contact}/events`, { ...told, id: 'visit-2', attributes: { ...told.attributes, startsAt: marks.place, [marks.visit]: 1 } });
  await platform.call('POST', `/contacts/${contact}/events`, { id: 'x y', name: marks.firstName });
  await platform.call('POST', `/contacts/${contact}/events`, `{"id": "${marks.lastName}`);
  await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
}, 120_000);
afterAll(() => platform.stop());

test('the canary lived through the whole journey, and its mails do hold its name', () => {
  const mails = platform.mails().filter(({ tags }) => tags['contact'] === contact);
  expect(mails.map(({ tags }) => tags['step'])).toEqual(['invite', 'follow-up', 'remind']);
  expect(found(mails.map(({ text }) => text))).toEqual([marks.firstName]);
});

test('no value of a patient enters workflow state, execution names or history', () => {
  expect(platform.executions().length).toBeGreaterThan(3);
  expect(found(platform.executions().map((execution) => JSON.stringify(execution)))).toEqual([]);
});

test('no value of a patient enters a log line or a metric', () => {
  const lines = platform.logs().map(({ text }) => text);
  expect(lines.some((line) => line.includes('CloudWatchMetrics'))).toBe(true);
  expect(lines.some((line) => line.includes('"level":"ERROR"'))).toBe(true);
  expect(found(lines)).toEqual([]);
});

test('no value of a patient enters a queue message, a stream record, a task or an answer of the API', () => {
  const callers = witnessed.map((text) => (JSON.parse(text) as [string])[0]);
  expect(callers).toEqual(expect.arrayContaining(['enrol-contacts', 'resume-enrolment', 'count-progress', 'send-message']));
  // Reports of events were handed in with marks; what came back, and everything else, holds none.
  const others = witnessed.filter((text) => !text.startsWith('["record-event"'));
  expect(found(others)).toEqual([]);
});

test('no value of a patient comes back in an error', () => {
  const answers = witnessed.filter((text) => text.startsWith('["record-event"')).map((text) => JSON.stringify((JSON.parse(text) as unknown[])[2]));
  expect([recorded, answers.length]).toEqual([202, 4]);
  expect(found(answers)).toEqual([]);
});

test('no value of a patient stands in a URL', () => {
  expect(urls.length).toBeGreaterThan(3);
  expect(found(urls)).toEqual([]);
});

test('no value of a patient stands in the trail, where key values show', () => {
  expect(platform.trail().length).toBeGreaterThan(10);
  expect(found(platform.trail().map((record) => JSON.stringify(record)))).toEqual([]);
});

test('no value of a patient is stored in the clear in any table', async () => {
  const tables = await Promise.all([env.contactsTable, env.contactKeysTable, env.journeysTable, env.ledgerTable].map(itemsOf));
  expect(tables.every((items) => items.length > 0)).toBe(true);
  expect(found(tables.flat())).toEqual([]);
});
