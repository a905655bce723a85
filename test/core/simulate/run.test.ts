import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EventDefinition } from '../../../lib/core/event/definition.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { readJourney } from '../../../lib/core/journey/read.ts';
import { sendingsOf } from '../../../lib/core/simulate/course.ts';
import { simulate } from '../../../lib/core/simulate/run.ts';
import type { Person, World } from '../../../lib/core/simulate/world.ts';
import { context, planOf } from '../journey/cases.ts';
import { personOf, plain, startAt, worldOf } from './people.ts';

const journey = (steps: string): Plan => planOf(readJourney(parse(`
format: 1
journey: news
title: News of the clinic
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps: ${steps}
`), { ...context, templates: { plain } }));

const times = async (world: World, person: Person): Promise<readonly string[]> =>
  sendingsOf(await simulate(world, person)).map(({ at, step }) => `${step} ${at}`);

const attributes = { appointmentId: { type: 'id', reveals: 'appointment_logistics' }, startsAt: { type: 'instant', reveals: 'appointment_logistics' } } as const;
const scheduling = ['appointment.scheduled', 'appointment.rescheduled', 'appointment.cancelled'].map((event): EventDefinition =>
  ({ event, title: 'An appointment', classes: ['appointment_logistics'], attributes }));

const weekly = worldOf(journey('[{ id: first, send: plain }, { wait: 7 days }, { id: second, send: plain }, { end: completed }]'), 30);

test('a week begun before the end of summer time ends at the same time of day', async () => {
  const before = { ...personOf(1), entersAt: '2026-10-30T13:00:00.000Z' as typeof startAt };
  expect(await times(weekly, before)).toEqual(['first 2026-10-30T13:00:00.000Z', 'second 2026-11-06T14:00:00.000Z']);
});

test('a mail beyond the frequency cap goes a day later', async () => {
  const twice = worldOf(journey('[{ id: first, send: plain }, { id: second, send: plain }, { end: completed }]'), 30);
  expect(await times(twice, personOf(1))).toEqual(['first 2026-11-02T14:00:00.000Z', 'second 2026-11-03T14:00:00.000Z']);
});

test('whoever lacks a value that the mail needs does not get it, and the reason is told', async () => {
  const { entries } = await simulate(weekly, personOf(1, { fields: {} }));
  expect(entries[0]).toEqual({ at: startAt, step: 'first', what: 'refused', template: 'plain', reason: 'TEMPLATE_VALUE_MISSING' });
});

const answered = worldOf(journey(`
  - { id: first, send: plain }
  - { waitFor: [{ click: more, of: first }], within: 7 days, otherwise: later }
  - { end: interested }
  - { id: later, end: completed }`), 30);

test('a click ends the wait', async () => {
  const clicks = personOf(1, { happens: [{ at: '2026-11-03T09:30:00Z', click: 'more', of: 'first' }] });
  expect((await simulate(answered, clicks)).end).toEqual({ status: 'COMPLETED', ended: 'interested', step: 'end-3', at: '2026-11-03T09:30:00.000Z' });
});

test('a click after the time of the wait changes nothing', async () => {
  const late = personOf(1, { happens: [{ at: '2026-11-12T09:30:00Z', click: 'more', of: 'first' }] });
  expect((await simulate(answered, late)).end).toMatchObject({ ended: 'completed', at: '2026-11-09T14:00:00.000Z' });
});

test('whoever waits beyond the time of the simulation is still under way', async () => {
  expect((await simulate({ ...weekly, until: '2026-11-05T00:00:00.000Z' as typeof startAt }, personOf(1))).end).toBeUndefined();
});

const appointment = worldOf(planOf(readJourney(parse(`
journey: visits
title: A visit
message: { purpose: appointment_reminder, content: [contact_info], segment: [appointment_logistics] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
enter:
  - event: appointment.scheduled
    updatedBy: [appointment.rescheduled]
    source: The scheduling system.
    because: Treatment, 45 CFR 164.506(c)(1).
reenter: { oncePer: { attribute: appointmentId } }
exit: [{ event: appointment.cancelled, as: cancelled }]
steps:
  - waitUntil: { before: { attribute: startsAt, by: 3 days }, time: "09:00", zone: contact, ifPast: skip, ifMissing: exit }
  - { id: remind, send: plain }
  - { end: completed }
`), { ...context, events: scheduling, templates: { plain: { ...plain, missing: { 'contact.firstName': 'skip' } } } })), 60);

const visit = { appointmentId: 'a1', startsAt: '2026-11-20T15:00:00Z' };

test('a reminder goes three days before the visit, at nine in the zone of the contact', async () => {
  expect(await times(appointment, personOf(1, { attributes: visit }))).toEqual(['remind 2026-11-17T14:00:00.000Z']);
});

test('a visit that is moved takes the reminder along', async () => {
  const moved = { at: '2026-11-10T12:00:00Z', event: 'appointment.rescheduled', attributes: { ...visit, startsAt: '2026-11-27T15:00:00Z' } };
  expect(await times(appointment, personOf(1, { attributes: visit, happens: [moved] }))).toEqual(['remind 2026-11-24T14:00:00.000Z']);
});

test('another visit that is moved leaves the reminder alone', async () => {
  const other = { at: '2026-11-10T12:00:00Z', event: 'appointment.rescheduled', attributes: { appointmentId: 'a2', startsAt: '2026-11-27T15:00:00Z' } };
  expect(await times(appointment, personOf(1, { attributes: visit, happens: [other] }))).toEqual(['remind 2026-11-17T14:00:00.000Z']);
});

test('a visit that is moved to less than three days ahead gets no reminder', async () => {
  const soon = { at: '2026-11-10T12:00:00Z', event: 'appointment.rescheduled', attributes: { ...visit, startsAt: '2026-11-12T15:00:00Z' } };
  expect(await times(appointment, personOf(1, { attributes: visit, happens: [soon] }))).toEqual([]);
});

test('a visit that is called off ends the run in the middle of the wait', async () => {
  const cancelled = { at: '2026-11-10T12:00:00Z', event: 'appointment.cancelled', attributes: visit };
  expect((await simulate(appointment, personOf(1, { attributes: visit, happens: [cancelled] }))).end)
    .toMatchObject({ status: 'EXITED', ended: 'exit/cancelled', at: '2026-11-10T12:00:00.000Z' });
});

test('a contact without the value that makes the key does not enter', async () => {
  expect((await simulate(appointment, personOf(1))).end).toMatchObject({ ended: 'not-entered' });
});
