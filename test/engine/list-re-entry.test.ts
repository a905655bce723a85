import { expect, test } from 'vitest';
import { addSeconds, type Instant } from '../../lib/core/time.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { enrolIn, storesOf } from './journeys.ts';
import { assemblyOf, smallJourney, why } from './own-journeys.ts';
import { member } from './people.ts';
import { startOn } from './start-on.ts';

// A Wednesday in New York, nine in the morning.
const startAt = '2026-11-25T14:00:00.000Z' as Instant;

const list = (name: string, reenter: string) => smallJourney(name, `
enter: [{ segment: members, ${why} }]
${reenter}`, `
  - { id: note, send: note }
  - { id: done, end: completed }
`, { segment: 'demographic, insurance_status, contact_info' });

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
`,
  'events.yaml': '[]\n',
  ...list('once', 'reenter: never'),
  ...list('yearly', 'reenter: { oncePer: year }'),
  ...list('monthly', 'reenter: { oncePer: month }'),
  ...list('by-plan-year', 'reenter: { oncePer: { field: planYear } }'),
});

let platform: Platform;
let stores: Stores;

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});

/** Imports a member, again where the name is known; gives the contact id. */
const put = async (name: string, changes: object = {}, fields: object = {}): Promise<string> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, ...changes, fields: { ...known.fields, ...fields } }] });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  await platform.settle();
  return contact;
};

const ask = async (journey: string, contact: string): Promise<void> => {
  await enrolIn(platform, journey, contact);
  await platform.settle();
};

const askForAll = async (journey: string): Promise<void> => {
  await platform.call('POST', `/journeys/${journey}/enrolments`, {});
  await platform.settle();
};

/** Hands the function a message, as the queue does. */
const hear = async (message: object): Promise<void> => {
  const answer = await platform.invoke('enrol-contacts', { Records: [{ messageId: 'm1', body: JSON.stringify(message) }] });
  expect(answer).toEqual({ batchItemFailures: [] });
  await platform.settle();
};

const runs = async (contact: string, journey: string): Promise<number> =>
  (await stores.enrolments.ofContact(contact)).filter((run) => run.journey === journey).length;

/** Openings of a contact's record to enter it. */
const openings = (contact: string): number => platform.trail().filter(({ eventName, userIdentity, requestParameters }) =>
  eventName === 'Decrypt' && userIdentity.sessionContext.sessionIssuer.userName === 'enrol-contacts'
  && (requestParameters['encryptionContext'] as { contact?: string } | undefined)?.contact === contact).length;

test('a list that is asked for twice in a month enters nobody twice, and in the next month of the contact it enters again', async () => {
  const contact = await put('by-month');
  await ask('monthly', contact);
  await platform.runUntil('2026-12-01T04:59:00.000Z' as Instant);
  await ask('monthly', contact);
  expect(await runs(contact, 'monthly')).toBe(1);
  await platform.runUntil('2026-12-01T05:00:00.000Z' as Instant);
  await ask('monthly', contact);
  expect(await runs(contact, 'monthly')).toBe(2);
});

test('a list that is asked for twice in a year enters its members once, and in the next year again', async () => {
  const contact = await put('by-year');
  await askForAll('yearly');
  await askForAll('yearly');
  expect(await runs(contact, 'yearly')).toBe(1);
  await platform.runUntil('2027-01-01T05:00:00.000Z' as Instant);
  await askForAll('yearly');
  expect(await runs(contact, 'yearly')).toBe(2);
});

test('a list enters once for each value of a field', async () => {
  const contact = await put('by-field');
  await ask('by-plan-year', contact);
  await ask('by-plan-year', contact);
  expect(await runs(contact, 'by-plan-year')).toBe(1);
  await put('by-field', {}, { planYear: 2027 });
  await ask('by-plan-year', contact);
  expect(await runs(contact, 'by-plan-year')).toBe(2);
});

test('whoever has no value for the key is not entered, and others of the list are', async () => {
  const without = await put('no-plan-year', {}, { planYear: undefined });
  const other = await put('with-plan-year');
  await platform.call('POST', '/journeys/by-plan-year/enrolments', { contacts: [without, other] });
  await platform.settle();
  expect([await runs(without, 'by-plan-year'), await runs(other, 'by-plan-year')]).toEqual([0, 1]);
});

test('a contact who is not there any more keeps no other of the message from entering', async () => {
  const contact = await put('beside-nobody');
  const nobody = 'c_00000000000000000000000000';
  for (const journey of ['by-plan-year', 'yearly']) await hear({ journey, version: 1, at: platform.clock.now(), contacts: [nobody, contact] });
  expect([await runs(contact, 'by-plan-year'), await runs(contact, 'yearly'), await runs(nobody, 'yearly')]).toEqual([1, 1, 0]);
});

test('a list that is entered once, by year or by month decrypts nothing to enter its members', async () => {
  const contact = await put('unopened');
  for (const journey of ['once', 'yearly', 'monthly']) await ask(journey, contact);
  expect(openings(contact)).toBe(0);
});

test('a key of a field opens the record of each contact once', async () => {
  const contact = await put('opened');
  await ask('by-plan-year', contact);
  expect(openings(contact)).toBe(1);
});

test('without re-entry a list enters once, however much later it is asked for again', async () => {
  const contact = await put('once-only');
  await ask('once', contact);
  await platform.runUntil(addSeconds(platform.clock.now(), 400 * 86_400));
  await ask('once', contact);
  expect(await runs(contact, 'once')).toBe(1);
});

test('a message that is repeated in another month enters nobody twice', async () => {
  const contact = await put('repeated');
  const at = platform.clock.now();
  await hear({ journey: 'monthly', version: 1, at, contacts: [contact] });
  await platform.runUntil(addSeconds(at, 40 * 86_400));
  await hear({ journey: 'monthly', version: 1, at, contacts: [contact] });
  expect(await runs(contact, 'monthly')).toBe(1);
});

test('a place in the list that is gone on from in another month enters by the month in which the list was asked for', async () => {
  const contact = await put('page-by-page');
  const at = platform.clock.now();
  await ask('monthly', contact);
  await platform.runUntil(addSeconds(at, 40 * 86_400));
  await hear({ journey: 'monthly', version: 1, at, segment: 'members', cursor: null });
  expect(await runs(contact, 'monthly')).toBe(1);
});

test('a message of an older release, which does not say when it was asked for, enters by the time at which it is handled', async () => {
  const contact = await put('older');
  await hear({ journey: 'monthly', version: 1, contacts: [contact] });
  await ask('monthly', contact);
  expect(await runs(contact, 'monthly')).toBe(1);
});

test('a page asked for by an older release enters its members too', async () => {
  const contact = await put('older-page');
  await hear({ journey: 'monthly', version: 1, segment: 'members', cursor: null });
  await ask('monthly', contact);
  expect(await runs(contact, 'monthly')).toBe(1);
});
