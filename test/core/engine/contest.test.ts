import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pruneRecent } from '../../../lib/core/contact/store.ts';
import type { RecentSend, WaitingSend } from '../../../lib/core/contact/store.ts';
import { goesBefore, graceSeconds, mostPutOffs, waitingWith } from '../../../lib/core/engine/contest.ts';
import { judgeSend } from '../../../lib/core/engine/judge.ts';
import { IntakeContact, toRecord } from '../../../lib/core/intake/contact.ts';
import { ContactId } from '../../../lib/core/ids.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { Organisation } from '../../../lib/core/organisation.ts';
import { addSeconds, instantOf, millisecondsOf } from '../../../lib/core/time.ts';
import type { Instant } from '../../../lib/core/time.ts';
import cdk from '../../../cdk.json' with { type: 'json' };

const begin = '2026-11-02T14:00:00.000Z' as Instant;
const hour = 3600;
const day = 24 * hour;
const organisation = Organisation.parse(cdk.context.organisation);
const contact = ContactId.parse(`c_${'0'.repeat(26)}`);
const record = toRecord(IntakeContact.parse({
  source: 'mrn/1', relationship: 'patient', state: 'OH', timeZone: 'America/New_York', birthDate: '1979-04-12', email: 'ann@example.test',
}), addSeconds(begin, -day));

const planOf = (priority: number, change: Partial<Plan> = {}): Plan => ({
  journey: `journey-${priority}`, title: 'A message', priority, reenter: 'never', start: 'done',
  sender: { name: 'Northside', address: 'care@northside.example', replyTo: 'care@northside.example' },
  message: { purpose: 'health_education', topic: null, content: [], subject: [], segment: [], promotions: [] },
  enter: { segment: 'members', because: 'education' },
  steps: { done: { id: 'done', kind: 'end', visits: 1, outcome: 'completed' } }, ...change,
});

type Run = { readonly send: string; readonly plan: Plan; readonly arrives: Instant; /** How late a sweep brings it back, each time. */ readonly lag: number };
type Sent = { readonly send: string; readonly at: Instant };

/** A contact's runs as the engine would take them: each is judged when it comes, and comes back when it was put off to. */
const play = (runs: readonly Run[], until: Instant): readonly Sent[] => {
  let recent: readonly RecentSend[] = [];
  let waiting: readonly WaitingSend[] = [];
  const sent: Sent[] = [];
  const due = new Map(runs.map((run) => [run, run.arrives]));
  for (;;) {
    const [next] = [...due].sort(([, one], [, other]) => (one < other ? -1 : 1));
    if (next === undefined || next[1] > until) return sent;
    const [run, now] = next;
    const { send, plan } = run;
    const judged = judgeSend({ plan, organisation, contact, record, recent, waiting, send, now, complaintRate: 0 });
    if (judged.kind === 'permitted') {
      recent = [...pruneRecent(recent, now), { at: now, channel: 'email', commercial: true, send }];
      waiting = waitingWith(waiting, send, now);
      sent.push({ send, at: now });
      due.delete(run);
    } else if (judged.kind === 'later') {
      const before = waiting.find((one) => one.send === send);
      const claim = { send, priority: plan.priority, since: before?.since ?? now, until: judged.at, putOffs: (before?.putOffs ?? 0) + 1 };
      waiting = waitingWith(waiting, send, now, claim);
      due.set(run, addSeconds(judged.at, run.lag));
    } else throw new Error(judged.reason);
  }
};

const lag = fc.integer({ min: 0, max: graceSeconds - 60 });
const runs = (count: { min: number; max: number }) => fc.array(
  fc.record({ priority: fc.integer({ min: 1, max: 9 }), after: fc.integer({ min: 0, max: 20 * hour }), lag }), { minLength: count.min, maxLength: count.max },
).map((drawn) => drawn.map(({ priority, after, lag: late }, index): Run =>
  ({ send: `run-${index}`, plan: planOf(priority), arrives: addSeconds(begin, after), lag: late })));

test('of two journeys that wait for the same place, the better priority goes first, whichever comes back first', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), lag, lag, fc.boolean(), (priority, worseBy, one, other, swapped) => {
    const taker: Run = { send: 'taker', plan: planOf(5), arrives: begin, lag: 0 };
    const better: Run = { send: 'better', plan: planOf(priority), arrives: addSeconds(begin, swapped ? 7200 : 3600), lag: one };
    const worse: Run = { send: 'worse', plan: planOf(Math.min(9, priority + worseBy)), arrives: addSeconds(begin, swapped ? 3600 : 7200), lag: other };
    expect(play([taker, better, worse], addSeconds(begin, 30 * day)).map(({ send }) => send)).toEqual(['taker', 'better', 'worse']);
  }), { numRuns: 300 });
});

test('one that comes anew lets the one that waits go first, if that has the better priority', () => {
  const late = addSeconds(begin, day);
  const sent = play([
    { send: 'taker', plan: planOf(5), arrives: begin, lag: 0 }, { send: 'better', plan: planOf(2), arrives: addSeconds(begin, 60), lag: 120 },
    { send: 'fresh', plan: planOf(7), arrives: addSeconds(late, 1), lag: 0 },
  ], addSeconds(begin, 10 * day));
  expect(sent.map(({ send }) => send)).toEqual(['taker', 'better', 'fresh']);
});

test('one that comes anew with the better priority takes the place', () => {
  const sent = play([
    { send: 'taker', plan: planOf(5), arrives: begin, lag: 0 }, { send: 'worse', plan: planOf(7), arrives: addSeconds(begin, 60), lag: 120 },
    { send: 'fresh', plan: planOf(2), arrives: addSeconds(begin, day + 1), lag: 0 },
  ], addSeconds(begin, 10 * day));
  expect(sent.map(({ send }) => send)).toEqual(['taker', 'fresh', 'worse']);
});

test('nobody is mailed beyond the caps, and everybody is mailed in the end', () => {
  fc.assert(fc.property(runs({ min: 2, max: 9 }), (drawn) => {
    const sent = play(drawn, addSeconds(begin, 60 * day));
    expect(sent.map(({ send }) => send).sort()).toEqual(drawn.map(({ send }) => send).sort());
    for (const { at } of sent) {
      const within = (seconds: number) => sent.filter((one) => one.at <= at && millisecondsOf(one.at) > millisecondsOf(at) - seconds * 1000).length;
      expect([within(day) <= 1, within(7 * day) <= 3]).toEqual([true, true]);
    }
  }), { numRuns: 200 });
});

test('nobody waits for ever behind journeys of a better priority that never end', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 3 }), lag, fc.integer({ min: 0, max: 59 }), (aDay, late, minute) => {
    const stream = Array.from({ length: 40 * aDay }, (_, index): Run => ({
      send: `stream-${index}`, plan: planOf(1), arrives: instantOf(millisecondsOf(begin) + (index * day * 1000) / aDay), lag: 0,
    }));
    const least: Run = { send: 'least', plan: planOf(9), arrives: addSeconds(begin, 60 * minute + 1), lag: late };
    const found = play([...stream, least], addSeconds(begin, 40 * day)).find(({ send }) => send === 'least');
    expect(found).toBeDefined();
    // Each time that it is put off takes at most the week of the longest cap and the grace of those before it.
    expect((millisecondsOf(found?.at ?? begin) - millisecondsOf(least.arrives)) / 1000).toBeLessThan((mostPutOffs + 2) * 3 * day);
  }), { numRuns: 5 });
});

test('which goes first is an order: never both, never neither, and no circle of three', () => {
  const contender = fc.record({
    send: fc.constantFrom('a', 'b', 'c', 'd'), priority: fc.integer({ min: 1, max: 9 }), putOffs: fc.integer({ min: 0, max: 9 }),
    since: fc.constantFrom(begin, addSeconds(begin, 1), addSeconds(begin, 2)),
  });
  fc.assert(fc.property(contender, contender, contender, (one, other, third) => {
    fc.pre(new Set([one.send, other.send, third.send]).size === 3);
    expect(goesBefore(one, other)).toBe(!goesBefore(other, one));
    if (goesBefore(one, other) && goesBefore(other, third)) expect(goesBefore(one, third)).toBe(true);
  }));
});

test('a message of care waits for nobody', () => {
  const waiting: WaitingSend[] = [{ send: 'better', priority: 1, since: begin, until: begin, putOffs: 1 }];
  const plan = planOf(9, { message: { ...planOf(9).message, purpose: 'appointment_reminder' } });
  expect(judgeSend({ plan, organisation, contact, record, recent: [], waiting, send: 'care', now: begin, complaintRate: 0 }).kind).toBe('permitted');
});

test('a journey that skips goes on without what is put off, with the reason', () => {
  const recent: RecentSend[] = [{ at: begin, channel: 'email', commercial: true, send: 'earlier' }];
  const judged = (plan: Plan, waiting: WaitingSend[] = [], sent = recent) =>
    judgeSend({ plan, organisation, contact, record, recent: sent, waiting, send: 'mine', now: addSeconds(begin, 60), complaintRate: 0 });
  expect(judged(planOf(5, { whenPutOff: 'skip' }))).toMatchObject({ kind: 'refused', reason: 'FREQUENCY_CAP' });
  expect(judged(planOf(5, { whenPutOff: 'defer' }))).toMatchObject({ kind: 'later', reason: 'FREQUENCY_CAP', at: addSeconds(begin, day) });
  const before: WaitingSend[] = [{ send: 'better', priority: 1, since: begin, until: begin, putOffs: 1 }];
  expect(judged(planOf(5, { whenPutOff: 'skip' }), before, [])).toMatchObject({ kind: 'refused', reason: 'PRIORITY_YIELDED' });
  expect(judged(planOf(5), before, [])).toMatchObject({ kind: 'later', reason: 'PRIORITY_YIELDED', at: addSeconds(begin, graceSeconds) });
});
