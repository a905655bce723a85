import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Enrolment } from '../../../lib/core/engine/enrolment.ts';
import { writeVisit } from '../../../lib/core/engine/enrolment.ts';
import { reckonAgain } from '../../../lib/core/engine/reckon.ts';
import type { Plan, WaitRule } from '../../../lib/core/journey/plan.ts';
import { addSeconds, type Instant } from '../../../lib/core/time.ts';
import { parseInstant } from '../../../lib/core/offset-instant.ts';
import { dueOf } from '../../../lib/core/window/due.ts';
import { plainFacts, type WaitFacts } from '../../../lib/core/window/moment.ts';
import { planOf, readText } from '../journey/cases.ts';
import { instants, zones } from '../window/zones.ts';

const at = parseInstant;
const newYork = 'America/New_York';
const arrived = at('2026-11-24T15:00:00Z');
const now = at('2026-11-25T15:00:00Z');

const journey = (until: string): Plan => planOf(readText(`
journey: example
title: A journey
message: { purpose: health_education, segment: [appointment_logistics] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:
  - { id: pause, ${until} }
  - { id: note, send: plain }
  - { id: done, end: completed }
`));

const threeDaysBefore = (ifPast: string, ifMissing: string) => journey(
  `waitUntil: { before: { field: appointmentAt, by: 3 days }, time: "09:00", zone: contact, ifPast: ${ifPast}, ifMissing: ${ifMissing} }`,
);

const parked = (due: string, change: Partial<Enrolment> = {}): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', journey: 'example', version: 1,
  status: 'PARKED', step: 'pause', seq: 0, leg: 0, nextLeg: 1, legSeq: 0, resumeStep: 'note', resumeOutcome: 'passed',
  due: at(due), labels: {}, visited: { pause: writeVisit({ leg: 0, count: 1, at: arrived }) }, enteredAt: arrived, ...change,
});

const waiting = (due: string): Enrolment => parked(due, { waitsOn: { moment: at(due), turn: 0 } });

const facts = (appointmentAt: string | undefined, zone: string | null = newYork): WaitFacts =>
  ({ ...plainFacts(now, zone), read: (name) => (name === 'appointmentAt' ? appointmentAt : undefined) });

describe('a wait for a field that changes', () => {
  const before = waiting('2026-12-07T14:00:00Z');

  it('stays where the value names the same moment', () => {
    expect(reckonAgain(threeDaysBefore('exit', 'exit'), before, facts('2026-12-10T20:00:00Z'))).toEqual({ kind: 'unchanged' });
  });

  it.each([
    ['later', '2027-03-16T19:00:00Z', '2027-03-13T14:00:00.000Z'],
    ['earlier', '2026-11-30T20:00:00Z', '2026-11-27T14:00:00.000Z'],
  ])('moves %s', (_, value, due) => {
    expect(reckonAgain(threeDaysBefore('exit', 'exit'), before, facts(value)))
      .toEqual({ kind: 'move', moment: due, due, resumeStep: 'note', resumeOutcome: 'passed' });
  });

  it.each([
    ['go-on', { kind: 'move', moment: '2026-11-24T14:00:00.000Z', due: now, resumeStep: 'note', resumeOutcome: 'passed' }],
    ['skip', { kind: 'move', moment: '2026-11-24T14:00:00.000Z', due: now, resumeStep: 'done', resumeOutcome: 'skipped' }],
    ['exit', { kind: 'exit', ended: 'moment-past' }],
  ])('does at once what is stated for a past moment: %s', (ifPast, expected) => {
    expect(reckonAgain(threeDaysBefore(ifPast, 'go-on'), before, facts('2026-11-27T20:00:00Z'))).toEqual(expected);
  });

  it.each([
    ['go-on', { kind: 'move', moment: undefined, due: now, resumeStep: 'note', resumeOutcome: 'passed' }],
    ['skip', { kind: 'move', moment: undefined, due: now, resumeStep: 'done', resumeOutcome: 'skipped' }],
    ['exit', { kind: 'exit', ended: 'value-missing' }],
  ])('does at once what is stated for a missing value: %s', (ifMissing, expected) => {
    expect(reckonAgain(threeDaysBefore('go-on', ifMissing), before, facts(undefined))).toEqual(expected);
  });

  it('goes back to waiting where the value moves ahead again before the run went on', () => {
    const skipped: Enrolment = { ...waiting('2026-11-25T15:00:00Z'), resumeStep: 'done', resumeOutcome: 'skipped', waitsOn: { turn: 1 } };
    expect(reckonAgain(threeDaysBefore('skip', 'skip'), skipped, facts('2026-12-10T20:00:00Z'))).toEqual({
      kind: 'move', moment: '2026-12-07T14:00:00.000Z', due: '2026-12-07T14:00:00.000Z', resumeStep: 'note', resumeOutcome: 'passed',
    });
  });

  it('is not past where its moment has come and nobody has claimed it yet', () => {
    expect(reckonAgain(threeDaysBefore('exit', 'exit'), waiting('2026-11-25T14:00:00Z'), facts('2026-11-28T20:00:00Z')))
      .toEqual({ kind: 'unchanged' });
  });

  it('follows the zone of the contact', () => {
    expect(reckonAgain(threeDaysBefore('exit', 'exit'), before, facts('2026-12-10T20:00:00Z', 'America/Los_Angeles')))
      .toMatchObject({ kind: 'move', due: '2026-12-07T17:00:00.000Z' });
  });
});

describe('a wait that depends on the zone of the contact', () => {
  const inDenver = plainFacts(now, 'America/Denver');

  it.each([
    ['hours', 'wait: 72 hours', '2026-11-27T15:00:00Z', 'unchanged'],
    ['a window', 'waitUntil: { on: [thursday], between: ["12:00", "14:00"], zone: contact }', '2026-11-26T17:00:00Z', '2026-11-26T19:00:00.000Z'],
    ['a window of a named zone', 'waitUntil: { on: [thursday], between: ["12:00", "14:00"], zone: America/New_York }', '2026-11-26T17:00:00Z', 'unchanged'],
    ['an instant', 'waitUntil: { at: "2026-12-01T09:00:00-05:00", ifPast: go-on }', '2026-12-01T14:00:00Z', 'unchanged'],
  ])('follows it, or has no need to: %s', (_, until, due, expected) => {
    const reckoned = reckonAgain(journey(until), parked(due), inDenver);
    expect(reckoned.kind === 'move' ? reckoned.due : reckoned.kind).toBe(expected);
  });

  it('counts days on the calendar of the new zone from the arrival on', () => {
    const beforeChange = { pause: writeVisit({ leg: 0, count: 1, at: at('2027-03-12T18:00:00Z') }) };
    const row = parked('2027-03-15T17:00:00Z', { visited: beforeChange });
    const reckoned = reckonAgain(journey('wait: 3 days'), row, plainFacts(at('2027-03-13T00:00:00Z'), 'America/Phoenix'));
    expect(reckoned).toEqual({ kind: 'move', due: '2027-03-15T18:00:00.000Z', resumeStep: 'note', resumeOutcome: 'passed' });
  });

  it('follows it until a local time', () => {
    const row = waiting('2026-12-01T14:00:00Z');
    const plan = journey('waitUntil: { date: "2026-12-01", time: "09:00", zone: contact, ifPast: exit }');
    expect(reckonAgain(plan, row, inDenver)).toMatchObject({ kind: 'move', due: '2026-12-01T16:00:00.000Z' });
  });

  it('stays open where the window has opened and nobody has claimed it yet', () => {
    const plan = journey('waitUntil: { between: ["08:00", "10:00"], zone: contact }');
    expect(reckonAgain(plan, parked('2026-11-25T13:00:00Z'), inDenver)).toEqual({ kind: 'unchanged' });
  });
});

describe('a run that is not parked at a wait', () => {
  it.each([
    ['is held for an event', { held: 'event' }], ['is held at the entry', { held: 'entry' }], ['runs', { status: 'RUNNING' }], ['has ended', { status: 'COMPLETED' }], ['is put off at a send', { step: 'note' }],
  ] as const)('stays as it is: it %s', (_, change) => {
    expect(reckonAgain(threeDaysBefore('exit', 'exit'), parked('2026-12-07T14:00:00Z', change), facts(undefined))).toEqual({ kind: 'unchanged' });
  });
});

describe('for any change of value, zone and instant', () => {
  const rules: fc.Arbitrary<{ plan: Plan; rule: WaitRule }> = fc.constantFrom(
    ...['go-on', 'skip', 'exit'].map((rule) => threeDaysBefore(rule, rule)),
    journey('waitUntil: { after: { field: appointmentAt, by: 1 month }, zone: contact, ifPast: exit, ifMissing: skip }'),
    journey('waitUntil: { before: { field: appointmentAt, by: 2 hours }, zone: contact, ifPast: skip, ifMissing: exit }'),
    journey('waitUntil: { date: "2026-12-01", time: "09:00", zone: contact, ifPast: exit }'),
  ).map((plan) => {
    const step = plan.steps['pause'];
    if (step?.kind !== 'wait') throw new Error('a wait is expected');
    return { plan, rule: step.until };
  });
  const values = fc.option(instants, { nil: undefined });

  it('a moved wait ends when a contact who comes to it now would go on, and the same change again moves nothing', () => {
    fc.assert(fc.property(rules, values, values, zones, zones, instants, ({ plan, rule }, one, other, zone, next, time) => {
      const was: WaitFacts = { ...facts(one, zone), now: addSeconds(time, -60) };
      const is: WaitFacts = { ...facts(other, next), now: time };
      const first = dueOf(rule, was);
      if (first.kind !== 'at') return;
      const row = waiting(first.due);
      const reckoned = reckonAgain(plan, row, is);
      const fresh = dueOf(rule, is);
      if (reckoned.kind === 'unchanged') {
        expect(fresh.kind === 'at' ? fresh.due : row.due).toBe(row.due);
        return;
      }
      if (fresh.kind === 'at') expect(reckoned).toMatchObject({ kind: 'move', due: fresh.due, resumeOutcome: 'passed' });
      else if (fresh.then === 'exit') expect(reckoned.kind).toBe('exit');
      else expect(reckoned).toMatchObject({ kind: 'move', due: time, resumeOutcome: fresh.then === 'skip' ? 'skipped' : 'passed' });
      if (reckoned.kind !== 'move') return;
      const moment: { moment?: Instant } = reckoned.moment === undefined ? {} : { moment: reckoned.moment };
      const moved: Enrolment = { ...row, due: reckoned.due, resumeStep: reckoned.resumeStep, resumeOutcome: reckoned.resumeOutcome, waitsOn: { ...moment, turn: 1 } };
      expect(reckonAgain(plan, moved, { ...is, now: addSeconds(time, 3600) })).toEqual({ kind: 'unchanged' });
    }), { numRuns: 3000 });
  });
});
