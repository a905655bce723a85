import { expect, test } from 'vitest';
import type { Platform } from '../../lib/local/platform.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds, type Instant } from '../../lib/core/time.ts';
import { enrolIn, type Stores, storesOf } from './journeys.ts';
import { assemblyOf, plainTemplate } from './own-journeys.ts';
import { member, timelineOf } from './people.ts';
import { startOn } from './start-on.ts';

// A Wednesday; in New York clocks go forward on Sunday 14 March at 02:00.
const startAt = '2027-03-10T14:00:00.000Z' as Instant;

const settings = (journey: string): string => `
journey: ${journey}
title: A reminder of a visit
message: { purpose: appointment_reminder, content: [contact_info], segment: [contact_info, appointment_logistics] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
enter: { segment: members, source: membership system, because: Care of our own patients. }
steps:
`;

const reminder = (journey: string, ifPast: string, ifMissing: string): Readonly<Record<string, string>> => ({
  [`${journey}/v1/journey.yaml`]: `${settings(journey)}
  - { id: before-visit, waitUntil: { before: { field: appointmentAt, by: 3 days }, time: "09:00", zone: contact, ifPast: ${ifPast}, ifMissing: ${ifMissing} } }
  - { id: remind, send: note }
  - { id: pause, wait: 30 days }
  - { id: done, end: completed }
`,
  [`${journey}/v1/templates/note.yaml`]: plainTemplate('note'),
});

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
`,
  ...reminder('skips', 'skip', 'skip'),
  ...reminder('exits', 'exit', 'exit'),
  ...reminder('goes-on', 'go-on', 'go-on'),
  ...reminder('pauses', 'exit', 'exit'),
  'thursdays/v1/journey.yaml': `${settings('thursdays')}
  - { id: noon, waitUntil: { on: [thursday], between: ["12:00", "14:00"], zone: contact } }
  - { id: remind, send: note }
  - { id: done, end: completed }
`,
  'thursdays/v1/templates/note.yaml': plainTemplate('note'),
});

let platform: Platform;
let stores: Stores;

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});

/** Imports a member, again where the name is known; gives the contact id. */
const visitor = async (name: string, appointmentAt: string | undefined, changes: object = {}): Promise<string> => {
  const known = member(name);
  const fields = { ...known.fields, ...(appointmentAt === undefined ? {} : { appointmentAt }) };
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, fields, ...changes }] });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  await platform.settle();
  return contact;
};

const into = async (journey: string, contact: string): Promise<void> => {
  await enrolIn(platform, journey, contact);
  await platform.settle();
};

const runOf = async (contact: string, journey: string): Promise<Enrolment | undefined> =>
  (await stores.enrolments.ofContact(contact)).find((run) => run.journey === journey);

const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '');

/** Where a run comes by that an earlier release left behind its wait in the same burst, when that burst is repeated after a crash. */
const repeated = async (contact: string, journey: string, labels: Enrolment['labels']): Promise<readonly string[]> => {
  const run = await runOf(contact, journey);
  if (run === undefined) throw new Error('the run is expected');
  const { 'before-visit': visit = '' } = run.visited;
  const again: Enrolment = {
    ...run, enrolment: `e_${Array.from(run.enrolment.slice(2)).toReversed().join('')}`, status: 'RUNNING', step: 'before-visit',
    visited: { 'before-visit': visit }, labels, nextLeg: 0, resumeStep: 'before-visit', resumeOutcome: 'none',
  };
  await stores.enrolments.enter(again);
  await platform.invoke('park-enrolment', {
    journey, version: 1, step: 'before-visit', from: 'before-visit', contact, enrolment: again.enrolment, outcome: 'none', seq: run.seq, leg: 0,
  });
  await platform.settle();
  return Object.keys((await stores.enrolments.get(again))?.visited ?? {}).sort();
};

const sentAt = async (contact: string): Promise<readonly string[]> =>
  (await timelineOf(platform, contact)).filter(({ what }) => what === 'sent').map(({ at }) => at);

test('three days before an appointment at nine: the reminder leaves at that very minute, behind a change of clocks', async () => {
  const contact = await visitor('in-time', '2027-03-17T15:00:00-04:00');
  await into('exits', contact);
  expect(await runOf(contact, 'exits')).toMatchObject({
    status: 'PARKED', step: 'before-visit', due: '2027-03-14T13:00:00.000Z', resumeStep: 'remind',
    waitsOn: { moment: '2027-03-14T13:00:00.000Z', turn: 0 },
  });
  await platform.runUntil('2027-03-14T12:59:59.000Z' as Instant);
  expect(mailsTo(contact)).toEqual([]);
  await platform.runUntil('2027-03-14T13:01:00.000Z' as Instant);
  expect([mailsTo(contact), await sentAt(contact)]).toEqual([['remind'], ['2027-03-14T13:00:00.000Z']]);
});

test.each([
  ['past', '2027-03-15T15:00:00-04:00'], ['missing', undefined],
])('a moment that is %s skips the reminder and goes on behind it', async (name, value) => {
  const contact = await visitor(`skip-${name}`, value);
  await into('skips', contact);
  expect(await runOf(contact, 'skips')).toMatchObject({ status: 'PARKED', step: 'pause' });
  expect(mailsTo(contact)).toEqual([]);
});

test.each([
  ['past', '2027-03-15T15:00:00-04:00', 'moment-past'], ['missing', undefined, 'value-missing'],
])('a moment that is %s ends the run, once', async (name, value, ended) => {
  const contact = await visitor(`exit-${name}`, value);
  const before = await platform.call('GET', '/journeys/exits/versions/1/report');
  await into('exits', contact);
  expect(await runOf(contact, 'exits')).toMatchObject({ status: 'EXITED', step: 'before-visit', ended });
  const after = await platform.call('GET', '/journeys/exits/versions/1/report');
  const exited = (answer: { readonly body: unknown }): number => (answer.body as { exited: number }).exited;
  expect(exited(after) - exited(before)).toBe(1);
  expect(mailsTo(contact)).toEqual([]);
});

test.each([
  ['past', '2027-03-15T15:00:00-04:00'], ['missing', undefined],
])('a moment that is %s lets the run go on at once', async (name, value) => {
  const contact = await visitor(`go-on-${name}`, value);
  await into('goes-on', contact);
  expect([mailsTo(contact), (await runOf(contact, 'goes-on'))?.step]).toEqual([['remind'], 'pause']);
});

test('an appointment that moves takes the wait along: later, and earlier again', async () => {
  const contact = await visitor('moved', '2027-04-21T15:00:00-04:00');
  await into('exits', contact);
  await visitor('moved', '2027-04-28T15:00:00-04:00');
  expect(await runOf(contact, 'exits')).toMatchObject({
    status: 'PARKED', due: '2027-04-25T13:00:00.000Z', waitsOn: { moment: '2027-04-25T13:00:00.000Z', turn: 1 },
  });
  await visitor('moved', '2027-04-14T15:00:00-04:00');
  expect(await runOf(contact, 'exits')).toMatchObject({ status: 'PARKED', due: '2027-04-11T13:00:00.000Z', waitsOn: { turn: 2 } });
  await platform.runUntil('2027-04-11T13:01:00.000Z' as Instant);
  expect(await sentAt(contact)).toEqual(['2027-04-11T13:00:00.000Z']);
  await platform.runUntil('2027-04-26T13:00:00.000Z' as Instant);
  expect(mailsTo(contact)).toEqual(['remind']);
});

test.each([
  ['exits', 'exit', { status: 'EXITED', ended: 'moment-past', step: 'before-visit' }, []],
  ['skips', 'skip', { status: 'PARKED', step: 'pause' }, []],
  ['goes-on', 'go-on', { status: 'PARKED', step: 'pause' }, ['remind']],
])('an appointment that moves so near that the moment is past does what is stated: %s', async (journey, name, run, mails) => {
  const contact = await visitor(`near-${name}`, '2027-07-21T15:00:00-04:00');
  await into(journey, contact);
  await visitor(`near-${name}`, '2027-04-27T15:00:00-04:00');
  await platform.runUntil(addSeconds(platform.clock.now(), 120));
  expect(await runOf(contact, journey)).toMatchObject(run);
  expect(mailsTo(contact)).toEqual(mails);
});

test('an appointment that is called off does what is stated for a missing value', async () => {
  const contact = await visitor('called-off', '2027-07-21T15:00:00-04:00');
  await into('exits', contact);
  await visitor('called-off', undefined);
  expect(await runOf(contact, 'exits')).toMatchObject({ status: 'EXITED', ended: 'value-missing' });
});

test('a contact who moves to another zone is reminded at nine there', async () => {
  const contact = await visitor('mover', '2027-07-21T15:00:00-04:00');
  await into('exits', contact);
  await visitor('mover', '2027-07-21T15:00:00-04:00', { timeZone: 'America/Los_Angeles' });
  expect(await runOf(contact, 'exits')).toMatchObject({ status: 'PARKED', due: '2027-07-18T16:00:00.000Z' });
});

test('a contact who moves to another zone goes on at noon there', async () => {
  const contact = await visitor('commuter', undefined);
  await into('thursdays', contact);
  const before = await runOf(contact, 'thursdays');
  await visitor('commuter', undefined, { timeZone: 'America/Los_Angeles' });
  const after = await runOf(contact, 'thursdays');
  expect([before?.due?.slice(11), after?.due?.slice(11)]).toEqual(['16:00:00.000Z', '19:00:00.000Z']);
  expect(after?.due?.slice(0, 10)).toBe(before?.due?.slice(0, 10));
});

test('a change that the wait does not read leaves it alone, and opens no record for it', async () => {
  const contact = await visitor('married', '2027-07-21T15:00:00-04:00');
  await into('exits', contact);
  const before = await runOf(contact, 'exits');
  await visitor('married', '2027-07-21T15:00:00-04:00', { fields: { ...member('married').fields, appointmentAt: '2027-07-21T15:00:00-04:00', firstName: 'Eve' } });
  expect(await runOf(contact, 'exits')).toEqual(before);
});

test('a reading that is older than another one moves nothing', async () => {
  const contact = await visitor('stale', '2027-07-21T15:00:00-04:00');
  await into('exits', contact);
  const row = await runOf(contact, 'exits');
  if (row === undefined) throw new Error('the run is expected');
  const later = '2027-07-25T13:00:00.000Z' as Instant;
  const to = { kind: 'move', due: later, moment: later, resumeStep: 'remind', resumeOutcome: 'passed' } as const;
  const now = platform.clock.now();
  expect((await stores.enrolments.moveWait(row, { kind: 'unchanged' }, now)).done).toBe(true);
  expect((await stores.enrolments.moveWait(row, to, now)).done).toBe(false);
  expect(await runOf(contact, 'exits')).toMatchObject({ due: '2027-07-18T13:00:00.000Z', waitsOn: { turn: 1 } });
});

test('while its journey is paused, a run whose time had come waits on where its appointment moves ahead', async () => {
  const contact = await visitor('paused', '2027-05-07T15:00:00-04:00');
  await into('pauses', contact);
  await platform.call('POST', '/journeys/pauses/pause', {});
  await platform.runUntil('2027-05-04T13:10:00.000Z' as Instant);
  expect(await runOf(contact, 'pauses')).toMatchObject({ status: 'PARKED', held: 'due', due: '2027-05-04T13:00:00.000Z' });
  await visitor('paused', '2027-05-20T15:00:00-04:00');
  const moved = await runOf(contact, 'pauses');
  expect([moved?.status, moved?.due, moved?.held]).toEqual(['PARKED', '2027-05-17T13:00:00.000Z', undefined]);
  await platform.runUntil('2027-05-17T13:10:00.000Z' as Instant);
  expect(await runOf(contact, 'pauses')).toMatchObject({ status: 'PARKED', held: 'due', due: '2027-05-17T13:00:00.000Z' });
});

test('a wait that was claimed is over: nothing moves it, whatever changed', async () => {
  const contact = await visitor('claimed', '2027-07-21T15:00:00-04:00');
  await into('exits', contact);
  const row = await runOf(contact, 'exits');
  if (row === undefined) throw new Error('the run is expected');
  await stores.enrolments.claim(row, '2027-07-18T13:00:00.000Z' as Instant, { due: true });
  const to = { kind: 'exit', ended: 'moment-past' } as const;
  expect((await stores.enrolments.moveWait(row, to, platform.clock.now())).done).toBe(false);
  expect((await runOf(contact, 'exits'))?.status).toBe('RUNNING');
});

test.each([
  ['goes-on', {}, ['before-visit', 'pause', 'remind']], ['skips', { 'before-visit/0': 'skipped' }, ['before-visit', 'pause']],
])('a burst of an earlier release that is repeated goes the way it went, whatever the record says by then: %s', async (journey, labels, visited) => {
  const contact = await visitor(`repeated-${journey}`, undefined);
  await into(journey, contact);
  await visitor(`repeated-${journey}`, '2027-07-21T15:00:00-04:00');
  expect(await repeated(contact, journey, labels)).toEqual(visited);
});

test('a wait that is over ends its burst, and the next one stands on record behind it before anything is sent', async () => {
  const contact = await visitor('over', undefined);
  await into('goes-on', contact);
  expect(await runOf(contact, 'goes-on')).toMatchObject({ step: 'pause', seq: 1, legSeq: 1, leg: 0, resumeStep: 'done' });
});
