import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Enrolment, Waiter } from '../../../lib/core/engine/enrolment.ts';
import { writeVisit } from '../../../lib/core/engine/enrolment.ts';
import type { Fared, StepMap } from '../../../lib/core/engine/migration.ts';
import { addTallies, faultsOf, isDone, tallyOf } from '../../../lib/core/engine/migration.ts';
import { carryVisits, moveOf } from '../../../lib/core/engine/move.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { resumePoints } from '../../../lib/core/journey/resume-points.ts';
import { resumeAt } from '../../../lib/core/journey/walk.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { plans } from '../../statemachines/plans.ts';
import { planOf, readText } from '../journey/cases.ts';

const arrived = '2026-11-24T15:00:00.000Z' as Instant;
const now = '2026-11-25T15:00:00.000Z' as Instant;
const due = '2026-11-30T15:00:00.000Z' as Instant;

const journey = (steps: string): Plan => planOf(readText(`
journey: example
title: A journey
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:
${steps}
`));

const old = journey(`
  - { id: note, send: hello }
  - { id: answer, waitFor: [{ event: portal.login, as: portal }, { click: more, of: note }], within: 7 days }
  - { id: pause, wait: 3 days }
  - { id: noon, waitUntil: { on: [thursday], between: ["12:00", "14:00"], zone: contact } }
  - { id: last, send: plain }
  - { id: done, end: completed }`);
const next = journey(`
  - { id: hello, send: hello }
  - { id: reply, waitFor: [{ event: portal.login, as: portal }, { click: more, of: hello }, { event: visit.booked }], within: 9 days }
  - { id: rest, wait: 5 days }
  - { id: morning, waitUntil: { on: [friday], between: ["09:00", "11:00"], zone: contact } }
  - { id: final, send: plain }
  - { id: done, end: completed }`);
const waiters: readonly Waiter[] = [
  { type: 'api', name: 'portal.login', label: 'portal', next: 'rest' },
  { type: 'click', link: 'more', of: 'hello', label: 'more', next: 'rest' },
];
const facts = { from: old, to: next, now, zone: 'America/New_York', waiters: { reply: waiters } };
const steps = { note: 'hello', answer: 'reply', pause: 'rest', noon: 'morning', last: 'final' };
const migration = { id: 'm_1', from: 1, to: 2, steps };

const visit = (leg: number) => writeVisit({ leg, count: 1, at: arrived });
const parked = (step: string, change: Partial<Enrolment> = {}): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', journey: 'example', version: 1,
  status: 'PARKED', step, seq: 3, leg: 0, nextLeg: 1, legSeq: 2, resumeStep: 'pause', resumeOutcome: 'timeout', due, labels: {},
  visited: { note: visit(0), [step]: visit(0) }, enteredAt: arrived, ...change,
});
const move = (run: Enrolment, map: StepMap = steps) => moveOf({ ...migration, steps: map }, run, facts);

test('an event wait keeps its end, waits for the events of the new version, and knows clicks by the mail that was sent', () => {
  expect(move(parked('answer'))).toEqual({
    kind: 'move',
    place: {
      step: 'reply', resumeStep: 'rest', resumeOutcome: 'timeout', due, visited: { note: visit(0), answer: visit(0), hello: visit(0), reply: visit(0) },
      waiters: [waiters[0], { ...waiters[1], of: 'note' }],
    },
  });
});

test('a span that began goes on until its end', () => {
  expect(move(parked('pause', { resumeStep: 'noon', resumeOutcome: 'passed' })))
    .toMatchObject({ kind: 'move', place: { step: 'rest', resumeStep: 'morning', resumeOutcome: 'passed', due } });
});

test('a window is reckoned anew', () => {
  expect(move(parked('noon', { resumeStep: 'last', resumeOutcome: 'passed' })))
    .toMatchObject({ kind: 'move', place: { step: 'morning', resumeStep: 'final', due: '2026-11-27T14:00:00.000Z' } });
});

test('a wait that leads to any other step goes on there at once', () => {
  const { place } = move(parked('pause', { resumeStep: 'noon', resumeOutcome: 'passed' }), { pause: 'final' }) as { place: object };
  expect(place).toEqual({ step: 'final', resumeStep: 'final', resumeOutcome: 'none', due: now, visited: { note: visit(0) } });
});

test('a send that was put off goes on at its like when its time comes', () => {
  expect(move(parked('last', { resumeStep: 'last', resumeOutcome: 'none' })))
    .toMatchObject({ kind: 'move', place: { step: 'final', resumeStep: 'final', due } });
});

test('whom the map leads nowhere stays, and whoever runs, ended or is of another version is not moved', () => {
  expect([
    move(parked('answer'), {}), move(parked('answer', { status: 'RUNNING' })), move(parked('answer', { status: 'COMPLETED' })),
    move(parked('answer', { version: 3 })),
  ]).toEqual([{ kind: 'unmapped' }, { kind: 'under-way' }, { kind: 'gone' }, { kind: 'gone' }]);
});

test('whom this migration moved before is known, wherever they stand by now', () => {
  const entry = { id: 'm_1', from: 1, to: 2, at: now, step: 'answer' };
  expect(move(parked('rest', { version: 2, migrations: [entry] }))).toEqual({ kind: 'again', step: 'answer' });
});

test('a held answer stays the answer where the new wait knows it', () => {
  const held = parked('answer', { held: 'event', resumeOutcome: 'portal', resumeStep: 'pause' });
  expect([move(held), move({ ...held, resumeOutcome: 'elsewhere' })])
    .toMatchObject([{ kind: 'move', place: { step: 'reply', resumeOutcome: 'portal', resumeStep: 'rest' } }, { kind: 'unmapped' }]);
});

test('a step that both versions have keeps its visits, and the later visit stands where two become one', () => {
  const early = writeVisit({ leg: 0, count: 1, at: arrived });
  const late = writeVisit({ leg: 1, count: 1, at: now });
  expect(carryVisits(next, { note: 'hello', pause: 'hello' }, { note: early, pause: late, done: early })).toEqual({ note: early, pause: late, done: early, hello: late });
});

test.each([
  ['a step that the old version lacks', { nowhere: 'hello' }], ['a step that the new version lacks', { answer: 'nowhere' }],
  ['a wait to a wait of another kind that nobody goes on at', { noon: 'reply' }],
])('%s is refused', (_, map) => {
  expect(faultsOf(old, next, map)).toHaveLength(1);
});

test('a map that leads every wait to its like is sound', () => {
  expect(faultsOf(old, next, steps)).toEqual([]);
});

const bigger = process.env['SENDWELL_LONG'] === '1' ? 20 : 1;

describe('over any two versions and any map', () => {
  const cases = fc.tuple(plans, plans).chain(([from, to]) => fc.record({
    from: fc.constant(from), to: fc.constant(to),
    steps: fc.dictionary(fc.constantFrom(...Object.keys(from.steps)), fc.constantFrom(...Object.keys(to.steps)), { noNullPrototype: true }),
    step: fc.constantFrom(...Object.keys(from.steps)),
    held: fc.constantFrom(undefined, 'due' as const),
    status: fc.constantFrom('PARKED' as const, 'RUNNING' as const, 'COMPLETED' as const),
  }));

  const runOf = (plan: Plan, step: string, change: Partial<Enrolment>): Enrolment | undefined => {
    const { kind } = plan.steps[step] ?? { kind: 'end' };
    if (kind !== 'wait' && kind !== 'wait-for-event' && kind !== 'send') return undefined;
    const outcome = kind === 'wait' ? 'passed' : kind === 'send' ? 'none' : 'timeout';
    return parked(step, { resumeStep: resumeAt(plan, step, outcome), resumeOutcome: outcome, visited: { [step]: visit(0) }, ...change });
  };

  test('whoever is moved stands at a step of the new version, goes on where its machine can start, and keeps a time', () => {
    fc.assert(fc.property(cases, ({ from, to, steps: map, step, held, status }) => {
      const run = runOf(from, step, { status, ...(held === undefined ? {} : { held }) });
      if (run === undefined) return;
      const moving = moveOf({ ...migration, steps: map }, run, { from, to, now, zone: null, waiters: {} });
      if (moving.kind !== 'move') {
        expect(moving.kind).toBe({ PARKED: 'unmapped', RUNNING: 'under-way', COMPLETED: 'gone' }[status]);
        return;
      }
      const { place } = moving;
      expect([status, place.step]).toEqual(['PARKED', map[step]]);
      expect(Object.hasOwn(to.steps, place.step)).toBe(true);
      expect(resumePoints(to)).toContain(place.resumeStep);
      // A held run keeps the time by which the resumption judges it.
      expect([now, due]).toContain(place.due);
      if (held !== undefined) expect(place.due).toBe(due);
    }), { numRuns: 3000 * bigger });
  });

  test('a sound map moves everybody whom it names, and the map of every step to itself changes nothing but the version', () => {
    fc.assert(fc.property(cases, ({ from, to, steps: map, step }) => {
      const run = runOf(from, step, {});
      if (run === undefined) return;
      if (map[step] !== undefined && faultsOf(from, to, map).length === 0) {
        expect(moveOf({ ...migration, steps: map }, run, { from, to, now, zone: null, waiters: {} }).kind).toBe('move');
      }
      const itself = Object.fromEntries(Object.keys(from.steps).map((id) => [id, id]));
      const { resumeStep, resumeOutcome, visited } = run;
      const same = moveOf({ ...migration, steps: itself }, run, { from, to: from, now, zone: null, waiters: {} });
      expect(same).toMatchObject({ kind: 'move', place: { step, resumeStep, resumeOutcome, due, ...(resumeOutcome === 'none' ? {} : { visited }) } });
    }), { numRuns: 3000 * bigger });
  });
});

const fared: fc.Arbitrary<Fared> = fc.oneof(
  fc.record({ kind: fc.constantFrom('moved' as const, 'unmapped' as const), step: fc.constantFrom('answer', 'pause', 'constructor') }),
  fc.constantFrom({ kind: 'under-way' as const }, { kind: 'gone' as const }),
);

test('tallies of pages add up to the tally of all', () => {
  fc.assert(fc.property(fc.array(fc.array(fared)), (pages) => {
    expect(addTallies(pages.map(tallyOf))).toEqual(tallyOf(pages.flat()));
  }));
});

test('a migration is done when each partition has all its pages and nobody is asked again', () => {
  const page = (partition: number, number: number, isLast: boolean, isPending = false) =>
    ({ partition, number, isLast, isPending, tally: tallyOf([]) });
  expect([
    isDone([page(0, 0, true)], 2), isDone([page(0, 1, true), page(1, 0, true)], 2), isDone([page(0, 0, true), page(1, 0, true, true)], 2),
    isDone([page(0, 0, false), page(0, 1, true), page(1, 0, true)], 2),
  ]).toEqual([false, false, false, true]);
});
