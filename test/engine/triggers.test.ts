import { beforeEach, expect, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds, type Instant } from '../../lib/core/time.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { enrolIn, storesOf } from './journeys.ts';
import { assemblyOf, plainTemplate } from './own-journeys.ts';
import { member } from './people.ts';
import { startOn } from './start-on.ts';

// A Wednesday in New York, nine in the morning.
const startAt = '2026-11-25T14:00:00.000Z' as Instant;
const daySeconds = 86_400;

const why = 'source: a system of our own, because: Care of our own patients.';

const every = 'contact_info, demographic, insurance_status, appointment_logistics';

const journey = (name: string, settings: string, steps: string, classes = every): Readonly<Record<string, string>> => ({
  [`${name}/v1/journey.yaml`]: `
format: 2
journey: ${name}
title: A journey of the test
message: { purpose: appointment_reminder, content: [contact_info], segment: [${classes}] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
${settings}
steps:
${steps}`,
  [`${name}/v1/templates/note.yaml`]: plainTemplate('note'),
});

const note = `
  - { id: note, send: note }
  - { id: done, end: completed }
`;
const aMonth = `
  - { id: pause, wait: 30 days }
  - { id: done, end: completed }
`;

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
- { segment: spanish, title: Spanish, because: Language., classes: [], where: { field: language, equals: es } }
- { segment: guests, title: Guests, because: They asked., classes: [], where: null }
- { segment: next-year, title: Next year, because: Plan administration., classes: [], where: { field: planYear, atLeast: 2027 } }
- { segment: spanish-next-year, title: Both, because: Language., classes: [], where: { all: [{ segment: spanish }, { segment: next-year }] } }
- { segment: ends-soon, title: Ends soon, because: Plan administration., classes: [], where: { field: planEndsOn, inNext: 10 days } }
- { segment: logged-in, title: Logged in, because: They did., classes: [], where: { event: portal.login, within: 7 days } }
- { segment: seen-at-north, title: Seen at North, because: Care., classes: [appointment_detail], where: { event: visit.ended, where: { attribute: place, equals: North } } }
`,
  'events.yaml': `
- { event: portal.login, title: A log-in, classes: [], attributes: {} }
- { event: visit.ended, title: A visit, classes: [appointment_logistics], attributes: { place: { type: text, reveals: appointment_detail } } }
- { event: plan.chosen, title: A plan was chosen, classes: [], attributes: {} }
- event: appointment.scheduled
  title: An appointment
  classes: [appointment_logistics]
  attributes: &appointment
    appointmentId: { type: id, reveals: appointment_logistics }
    startsAt: { type: instant, reveals: appointment_logistics }
- { event: appointment.rescheduled, title: An appointment moved, classes: [appointment_logistics], attributes: *appointment }
- { event: appointment.cancelled, title: An appointment called off, classes: [appointment_logistics], attributes: *appointment }
`,
  ...journey('joining', `enter: [{ joins: spanish-next-year, ${why} }]`, note),
  ...journey('reminder', `
enter: [{ event: appointment.scheduled, updatedBy: [appointment.rescheduled], ${why} }]
reenter: { oncePer: { attribute: appointmentId } }
exit: [{ event: appointment.cancelled, as: cancelled }]`, `
  - { id: before-visit, waitUntil: { before: { attribute: startsAt, by: 1 day }, time: "09:00", zone: contact, ifPast: skip, ifMissing: exit } }
  - { id: remind, send: note }
  - { id: pause, wait: 60 days }
  - { id: done, end: completed }
`),
  ...journey('birthday', `
enter: [{ date: { field: birthDate, time: "09:00", yearly: true, leapDay: february-28 }, ${why} }]
reenter: { oncePer: year }`, note),
  ...journey('inviting', `enter: [{ joins: guests, ${why} }]`, note),
  ...journey('turning', `enter: [{ becomes: { field: language, equals: fr }, ${why} }]`, note),
  ...journey('quiet', `enter: [{ inactive: { for: 30 days }, ${why} }]`, note),
  ...journey('goals', `
enter: [{ segment: members, ${why} }]
goal: [{ event: plan.chosen, as: chosen }]
exit: [{ when: { field: planYear, atLeast: 2027 }, as: next-year }]`, aMonth),
  ...journey('first', `enter: [{ segment: members, ${why} }, { handOver: { from: [second] }, ${why} }]`, `
  - { id: note, send: note }
  - { id: over, goTo: { journey: second } }
`, 'contact_info'),
  ...journey('second', `enter: [{ handOver: { from: [first] }, ${why} }]`, `
  - { id: note, send: note }
  - { id: back, goTo: { journey: first } }
`, 'contact_info'),
});

let platform: Platform;
let stores: Stores;
let count = 0;
let name = '';

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});
beforeEach(() => {
  count += 1;
  name = `person-${count}`;
});

/** Imports a member, again where the name is known; gives the contact id. */
const put = async (fields: object = {}, changes: object = {}): Promise<string> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, fields: { ...known.fields, ...fields }, ...changes }] });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  await platform.settle();
  return contact;
};

const report = async (contact: string, event: string, id: string, attributes: object = {}): Promise<void> => {
  await platform.call('POST', `/contacts/${contact}/events`, { name: event, id, attributes });
  await platform.settle();
};

const later = (seconds: number): Promise<void> => platform.runUntil(addSeconds(platform.clock.now(), seconds));
const runsIn = async (contact: string, journeyName: string): Promise<readonly Enrolment[]> =>
  (await stores.enrolments.ofContact(contact)).filter((run) => run.journey === journeyName);
const endsOf = async (contact: string, journeyName: string): Promise<readonly string[]> =>
  (await runsIn(contact, journeyName)).map(({ status, ended }) => `${status} ${ended ?? ''}`.trim());
const segmentsOf = (contact: string): Promise<readonly string[]> => stores.memberships.segmentsOf(contact);

test('a contact is in the segments that read other segments, and leaves them with what they read', async () => {
  const contact = await put({ language: 'es', planYear: 2027 });
  expect(await segmentsOf(contact)).toEqual(['members', 'next-year', 'spanish', 'spanish-next-year']);
  await put({ language: 'en', planYear: 2027 });
  expect(await segmentsOf(contact)).toEqual(['members', 'next-year']);
});

test('time alone moves a contact into a segment and out of it, to the minute', async () => {
  const contact = await put({ planEndsOn: '2026-12-07' });
  await platform.runUntil('2026-11-27T04:59:00.000Z' as Instant);
  expect(await segmentsOf(contact)).toEqual(['members']);
  await platform.runUntil('2026-11-27T05:01:00.000Z' as Instant);
  expect(await segmentsOf(contact)).toEqual(['ends-soon', 'members']);
  await platform.runUntil('2026-12-08T05:01:00.000Z' as Instant);
  expect(await segmentsOf(contact)).toEqual(['members']);
});

test('an event moves a contact into a segment, and its age out of it', async () => {
  const contact = await put();
  await report(contact, 'portal.login', 'login-1');
  expect(await segmentsOf(contact)).toEqual(['logged-in', 'members']);
  await later(8 * daySeconds);
  expect(await segmentsOf(contact)).toEqual(['members']);
});

test('a segment selects by the attributes of an event, and still does when the record changes', async () => {
  const contact = await put();
  await report(contact, 'visit.ended', 'visit-1', { place: 'South' });
  expect(await segmentsOf(contact)).toEqual(['members']);
  await report(contact, 'visit.ended', 'visit-2', { place: 'North' });
  expect(await segmentsOf(contact)).toEqual(['members', 'seen-at-north']);
  await put({ planYear: 2027 });
  expect(await segmentsOf(contact)).toEqual(['members', 'next-year', 'seen-at-north']);
});

test('whoever joins a segment enters, once, however often they leave and join', async () => {
  const contact = await put({ language: 'es' });
  expect(await runsIn(contact, 'joining')).toEqual([]);
  await put({ language: 'es', planYear: 2027 });
  expect(await endsOf(contact, 'joining')).toEqual(['COMPLETED completed']);
  await put({ language: 'en', planYear: 2027 });
  await put({ language: 'es', planYear: 2027 });
  expect(await endsOf(contact, 'joining')).toEqual(['COMPLETED completed']);
});

test('a new contact who is in the segment from the start has joined it', async () => {
  const contact = await put({ language: 'es', planYear: 2027 });
  expect(await endsOf(contact, 'joining')).toEqual(['COMPLETED completed']);
});

test('each appointment is a run of its own, and the same one reported again is not', async () => {
  const contact = await put();
  const startsAt = addSeconds(platform.clock.now(), 10 * daySeconds);
  await report(contact, 'appointment.scheduled', 'a1', { appointmentId: 'A-1', startsAt });
  await report(contact, 'appointment.scheduled', 'a2', { appointmentId: 'A-2', startsAt });
  await report(contact, 'appointment.scheduled', 'a1-again', { appointmentId: 'A-1', startsAt });
  expect((await runsIn(contact, 'reminder')).map(({ status }) => status)).toEqual(['PARKED', 'PARKED']);
});

test('an appointment that moves takes its own run along, and one that is called off ends its own run alone', async () => {
  const contact = await put();
  await report(contact, 'appointment.scheduled', 'b1', { appointmentId: 'B-1', startsAt: addSeconds(platform.clock.now(), 10 * daySeconds) });
  await report(contact, 'appointment.scheduled', 'b2', { appointmentId: 'B-2', startsAt: addSeconds(platform.clock.now(), 10 * daySeconds) });
  const before = await runsIn(contact, 'reminder');
  await later(60);
  await report(contact, 'appointment.rescheduled', 'b1-moved', { appointmentId: 'B-1', startsAt: addSeconds(platform.clock.now(), 20 * daySeconds) });
  const after = await runsIn(contact, 'reminder');
  const moved = after.filter(({ enrolment, due }) => before.find((one) => one.enrolment === enrolment)?.due !== due);
  expect(moved).toHaveLength(1);
  await report(contact, 'appointment.cancelled', 'b2-off', { appointmentId: 'B-2', startsAt: addSeconds(platform.clock.now(), 10 * daySeconds) });
  expect((await runsIn(contact, 'reminder')).map(({ status, ended, enrolment }) => [enrolment === moved[0]?.enrolment, status, ended]).sort())
    .toEqual([[false, 'EXITED', 'exit/cancelled'], [true, 'PARKED', undefined]]);
});

test('a birthday enters each year at its hour, on 28 February where the year has no 29th', async () => {
  const contact = await put({}, { birthDate: '1980-02-29' });
  await platform.runUntil('2027-02-28T13:59:00.000Z' as Instant);
  expect(await runsIn(contact, 'birthday')).toEqual([]);
  await platform.runUntil('2027-02-28T14:01:00.000Z' as Instant);
  expect(await endsOf(contact, 'birthday')).toEqual(['COMPLETED completed']);
  await platform.runUntil('2028-02-28T14:01:00.000Z' as Instant);
  expect(await endsOf(contact, 'birthday')).toHaveLength(1);
  await platform.runUntil('2028-02-29T14:01:00.000Z' as Instant);
  expect(await endsOf(contact, 'birthday')).toHaveLength(2);
});

test('a date that is corrected is kept on the new day, and not on the old one', async () => {
  const contact = await put({}, { birthDate: '1980-04-01' });
  await put({}, { birthDate: '1980-05-01' });
  await platform.runUntil('2028-04-02T14:00:00.000Z' as Instant);
  expect(await runsIn(contact, 'birthday')).toEqual([]);
  await platform.runUntil('2028-05-01T13:01:00.000Z' as Instant);
  expect(await runsIn(contact, 'birthday')).toHaveLength(1);
});

test('a condition that comes true enters; one that was true of a new contact does too, and one that stays true does not again', async () => {
  const contact = await put({ language: 'en' });
  expect(await runsIn(contact, 'turning')).toEqual([]);
  await put({ language: 'fr' });
  await put({ language: 'fr', planYear: 2027 });
  expect(await endsOf(contact, 'turning')).toEqual(['COMPLETED completed']);
});

test('a contact who was inactive for so long enters, reckoned from the last thing that it did', async () => {
  const contact = await put();
  await later(20 * daySeconds);
  await report(contact, 'portal.login', 'login-2');
  await later(11 * daySeconds);
  expect(await runsIn(contact, 'quiet')).toEqual([]);
  await later(20 * daySeconds);
  expect(await endsOf(contact, 'quiet')).toEqual(['COMPLETED completed']);
});

test('a goal ends a run in the middle of a wait as completed, an exit as exited', async () => {
  const contact = await put();
  await enrolIn(platform, 'goals', contact);
  await platform.settle();
  await report(contact, 'plan.chosen', 'chosen-1');
  expect(await endsOf(contact, 'goals')).toEqual(['COMPLETED goal/chosen']);
  name = `${name}-other`;
  const other = await put();
  await enrolIn(platform, 'goals', other);
  await platform.settle();
  await put({ planYear: 2027 });
  expect(await endsOf(other, 'goals')).toEqual(['EXITED exit/next-year']);
});

test('an exit that holds already ends the run as soon as it has entered', async () => {
  const contact = await put({ planYear: 2027 });
  await enrolIn(platform, 'goals', contact);
  await platform.settle();
  expect(await endsOf(contact, 'goals')).toEqual(['EXITED exit/next-year']);
});

test('a contact is handed over to another journey, and two that hand over to each other come to an end', async () => {
  const contact = await put();
  await enrolIn(platform, 'first', contact);
  await platform.settle();
  expect([await endsOf(contact, 'first'), await endsOf(contact, 'second')]).toEqual([['COMPLETED handed-over'], ['COMPLETED handed-over']]);
  expect(platform.mails().filter(({ tags }) => tags['contact'] === contact)).toHaveLength(2);
});

test('members of a list that is kept by hand are added, removed and listed through the API, and whoever joins enters', async () => {
  const contact = await put();
  const nobody = 'c_00000000000000000000000000';
  const answer = await platform.call('POST', '/segments/guests/members', { add: [contact, nobody] });
  expect(answer.body).toMatchObject({ added: 1, refused: [{ contact: nobody, code: 'contact.unknown' }] });
  await platform.settle();
  expect(await endsOf(contact, 'inviting')).toEqual(['COMPLETED completed']);
  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await platform.call('GET', `/segments/guests/members${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`);
    const body = page.body as { contacts: string[]; cursor?: string };
    pages.push(...body.contacts);
    cursor = body.cursor;
  } while (cursor !== undefined);
  expect(pages).toEqual([contact]);
  expect((await platform.call('GET', '/segments/guests/members?format=csv')).headers).toMatchObject({ 'x-next-cursor': '1' });
  await platform.call('POST', '/segments/guests/members', { remove: [contact] });
  expect(await segmentsOf(contact)).toEqual(['members']);
});

test('a segment that selects takes no members by hand, and all segments are listed', async () => {
  const contact = await put();
  expect(await platform.call('POST', '/segments/spanish/members', { add: [contact] })).toMatchObject({ status: 422, body: { error: { code: 'segment.selects' } } });
  const { body } = await platform.call('GET', '/segments');
  expect((body as { segments: { segment: string }[] }).segments.map(({ segment }) => segment)).toContain('guests');
});
