import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchUp, placeIn } from '../../../lib/core/engine/catch-up.ts';
import type { Enrolment } from '../../../lib/core/engine/enrolment.ts';
import type { Resumption } from '../../../lib/core/engine/journey-state.ts';
import type { Plan, WaitRule } from '../../../lib/core/journey/plan.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { addSeconds, instantOf } from '../../../lib/core/time.ts';
import { openingAgain } from '../../../lib/core/window/catch-up.ts';
import { isOpen } from '../../../lib/core/window/opening.ts';

const at = '2026-11-09T14:00:00.000Z' as Instant;
const noon = { rule: 'window', on: ['thursday'], from: '12:00', to: '14:00', zone: 'contact', fallbackZone: 'America/New_York' } as const;

const plan = (until: WaitRule) => ({
  journey: 'checkup', start: 'pause', steps: { pause: { id: 'pause', visits: 1, kind: 'wait', until, next: 'done' }, done: { id: 'done', visits: 1, kind: 'end', outcome: 'completed' } },
}) as unknown as Plan;
const span: WaitRule = { rule: 'duration', duration: { days: 1, hours: 0, minutes: 0 } };

const run = (change: Partial<Enrolment> = {}): Enrolment => ({
  contact: 'c_00000000000000000000000001', enrolment: 'e_g0000000000000000000000001', journey: 'checkup', version: 1,
  status: 'PARKED', step: 'pause', seq: 0, leg: 0, nextLeg: 1, legSeq: 0, resumeStep: 'done', resumeOutcome: 'passed', held: 'due',
  due: '2026-11-05T14:00:00.000Z' as Instant, visited: {}, labels: {}, enteredAt: at, ...change,
});
const resumption = (change: Partial<Resumption> = {}): Resumption => ({ at, by: 'arn', catchUp: 'go-on', spreadSeconds: 0, ...change });

test('whose time came goes on by one rule, and ends by the other', () => {
  expect([catchUp(plan(span), run(), resumption(), null), catchUp(plan(span), run(), resumption({ catchUp: 'exit' }), null)])
    .toEqual([{ kind: 'go-on', due: at }, { kind: 'exit', ended: 'paused-too-long' }]);
});

test.each([
  ['who entered meanwhile', { held: 'entry' }], ['who was answered by an event', { held: 'event' }],
  ['a burst to be tried again', { status: 'RUNNING' }],
] as const)('%s goes on by either rule', (_, change) => {
  expect(catchUp(plan(span), run(change), resumption({ catchUp: 'exit' }), null)).toEqual({ kind: 'go-on', due: at });
});

test('a wait that was moved ahead while it was held goes on as a wait', () => {
  const due = '2026-12-01T14:00:00.000Z' as Instant;
  expect(catchUp(plan(span), run({ due }), resumption({ catchUp: 'exit' }), null)).toEqual({ kind: 'go-on', due });
});

test('a window that closed during the pause is waited for again', () => {
  expect(catchUp(plan(noon), run(), resumption(), 'America/New_York')).toEqual({ kind: 'go-on', due: '2026-11-12T17:00:00.000Z' });
});

test('a window that is about to close is not begun any more', () => {
  const late = '2026-11-12T18:55:00.000Z' as Instant;
  expect([openingAgain(noon, late, 'America/New_York'), openingAgain(noon, addSeconds(late, -3600), 'America/New_York')])
    .toEqual(['2026-11-19T17:00:00.000Z', '2026-11-12T17:55:00.000Z']);
});

test('a window after the night in which the clocks change opens by the new time', () => {
  expect(openingAgain({ ...noon, on: ['sunday'] }, '2026-10-27T14:00:00.000Z' as Instant, 'America/New_York')).toBe('2026-11-01T17:00:00.000Z');
  expect(openingAgain({ ...noon, on: ['sunday'] }, '2027-03-10T14:00:00.000Z' as Instant, 'America/New_York')).toBe('2027-03-14T16:00:00.000Z');
});

const zones = ['America/New_York', 'America/Chicago', 'Europe/Berlin', 'Pacific/Apia', null] as const;

test('whenever it is resumed, nobody goes on outside of the window, nor so late that a sweep would', () => {
  fc.assert(fc.property(
    fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }), fc.constantFrom(...zones),
    (from, zone) => {
      const due = openingAgain(noon, instantOf(from), zone);
      const clock = zone ?? noon.fallbackZone;
      expect(due >= instantOf(from)).toBe(true);
      expect([isOpen(noon, due, clock), isOpen(noon, addSeconds(due, 300), clock)]).toEqual([true, true]);
    },
  ), { numRuns: 500 });
});

test('places are spread evenly, stay inside the span, and are the same whenever asked', () => {
  const digit = fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz');
  const ids = fc.sample(fc.array(digit, { minLength: 26, maxLength: 26 }).map((digits) => `e_${digits.join('')}`), { numRuns: 4000, seed: 1 });
  const places = ids.map((id) => placeIn(id, 3600));
  expect(places).toEqual(ids.map((id) => placeIn(id, 3600)));
  const quarters = [0, 1, 2, 3].map((quarter) => places.filter((place) => place >= quarter * 900 && place < (quarter + 1) * 900).length);
  expect(quarters.every((count) => count > 900 && count < 1100)).toBe(true);
});
