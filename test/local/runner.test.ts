import { expect, test } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import { createActivity } from '../../lib/local/activity.ts';
import { createClock } from '../../lib/local/clock.ts';
import { createRunner } from '../../lib/local/runner.ts';
import type { Tick } from '../../lib/local/schedules.ts';

const at = (text: string): Instant => text as Instant;
const start = at('2027-01-04T08:00:00.000Z');
const minutely: Tick = { functionArn: 'sweep', minutely: true, input: '{}' };
const daily: Tick = { functionArn: 'check', minutely: false, input: '{"at":"<aws.scheduler.scheduled-time>"}' };

const given = (ticks: readonly Tick[], due: Instant[], sweep: (now: Instant) => void = () => undefined) => {
  const activity = createActivity();
  const clock = createClock(start, activity, () => undefined);
  const invoked: string[] = [];
  const runner = createRunner({
    activity,
    clock,
    queues: [],
    streams: [],
    ticks,
    invoke: (functionArn, event) => activity.during(async () => {
      invoked.push(`${functionArn} ${clock.now()}`);
      if (functionArn === 'sweep') sweep(clock.now());
      return event;
    }),
    earliestDue: () => Promise.resolve(due.toSorted()[0]),
    dailySchedules: true,
  });
  return { activity, clock, runner, invoked };
};

test('the clock stands still while work is in flight', async () => {
  const { activity, clock, runner } = given([], []);
  const gate = Promise.withResolvers<void>();
  void activity.during(() => gate.promise);
  const run = runner.runUntil(at('2027-01-05T00:00:00.000Z'));
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(clock.now()).toBe(start);
  gate.resolve();
  await run;
  expect(clock.now()).toBe('2027-01-05T00:00:00.000Z');
});

test('the clock refuses to be moved under work in flight', () => {
  const { activity, clock } = given([], []);
  void activity.during(() => new Promise(() => undefined));
  expect(() => clock.moveTo(at('2027-01-05T00:00:00.000Z'))).toThrow('in flight');
});

test('the clock does not go back', () => {
  const { clock } = given([], []);
  expect(() => clock.moveTo(at('2027-01-03T00:00:00.000Z'))).toThrow('back');
});

test('the minute tick comes only where something is due', async () => {
  const due = [at('2027-01-04T09:30:00.001Z'), at('2027-02-01T00:00:00.000Z')];
  const { runner, invoked } = given([minutely], due, () => due.shift());
  await runner.runUntil(at('2027-03-01T00:00:00.000Z'));
  expect(invoked).toStrictEqual(['sweep 2027-01-04T09:31:00.000Z', 'sweep 2027-02-01T00:00:00.000Z']);
});

test('what is overdue is swept at the first minute', async () => {
  const due = [at('2027-01-01T00:00:00.000Z')];
  const { runner, invoked } = given([minutely], due, () => due.shift());
  await runner.runUntil(at('2027-01-04T08:00:00.000Z'));
  expect(invoked).toStrictEqual(['sweep 2027-01-04T08:00:00.000Z']);
});

test('a row that no sweep takes is swept ever more rarely', async () => {
  const { runner, invoked } = given([minutely], [start]);
  await runner.runUntil(at('2027-01-04T08:20:00.000Z'));
  expect(invoked).toStrictEqual([
    'sweep 2027-01-04T08:00:00.000Z', 'sweep 2027-01-04T08:01:00.000Z', 'sweep 2027-01-04T08:03:00.000Z',
    'sweep 2027-01-04T08:07:00.000Z', 'sweep 2027-01-04T08:15:00.000Z',
  ]);
});

test('schedules that are not minutely come at each midnight', async () => {
  const { runner, invoked } = given([daily], []);
  await runner.runUntil(at('2027-01-06T12:00:00.000Z'));
  expect(invoked).toStrictEqual(['check 2027-01-05T00:00:00.000Z', 'check 2027-01-06T00:00:00.000Z']);
});

test('each quiet moment is told before the clock moves on', async () => {
  const due = [at('2027-01-04T09:00:00.000Z')];
  const { runner } = given([minutely], due, () => due.shift());
  const quiet: string[] = [];
  await runner.runUntil(at('2027-01-04T10:00:00.000Z'), { onQuiet: (now) => quiet.push(now) });
  expect(quiet).toStrictEqual([start, '2027-01-04T09:00:00.000Z']);
});

test('an action that fails fails the run', async () => {
  const { runner } = given([], []);
  runner.at(at('2027-01-04T09:00:00.000Z'), () => Promise.reject(new Error('no')));
  await expect(runner.runUntil(at('2027-01-05T00:00:00.000Z'))).rejects.toThrow('no');
});
