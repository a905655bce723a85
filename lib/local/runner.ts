import { addSeconds } from '../core/time.ts';
import type { Instant } from '../core/time.ts';
import type { Activity } from './activity.ts';
import { ceilMinute, earliest, nextMidnight } from './clock.ts';
import type { VirtualClock } from './clock.ts';
import { tickEvent } from './schedules.ts';
import type { Tick } from './schedules.ts';
import type { Source } from './sources/queue.ts';
import type { StreamSource } from './sources/stream.ts';

export type Action = () => unknown;

export type RunOptions = {
  /** Called each time nothing is left to do, before the clock moves on. What it starts is finished first. */
  readonly onQuiet?: (now: Instant) => unknown;
};

export type Runner = {
  /** Resolves when nothing is in flight, queued, or unread in a stream. */
  readonly settle: () => Promise<void>;
  /** Scripts a moment: when {@link runUntil} comes to it, the action runs, in the order of scripting. */
  readonly at: (instant: Instant, action: Action) => void;
  readonly runUntil: (target: Instant, options?: RunOptions) => Promise<void>;
  /** Invokes the schedules that are not minutely, now. */
  readonly runSchedules: () => Promise<void>;
};

export type RunnerOptions = {
  readonly activity: Activity;
  readonly clock: VirtualClock;
  readonly queues: readonly Source[];
  readonly streams: readonly StreamSource[];
  readonly ticks: readonly Tick[];
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  readonly earliestDue: () => Promise<Instant | undefined>;
  /** Whether schedules that are not minutely come at each midnight, UTC. */
  readonly dailySchedules: boolean;
};

/** Lets what just settled schedule what follows from it. */
const breath = (): Promise<void> => new Promise((resolve) => {
  setImmediate(resolve);
});

// A row that stays due after its sweep is swept again ever more rarely, so that it cannot hold up the years.
const longestPauseMinutes = 1024;

/**
 * Moves time. Between two moments everything runs to its end; then the clock jumps to the next moment at which
 * anything happens: something falls due, a moment is scripted, a daily schedule comes, or the target is reached.
 */
export const createRunner = (options: RunnerOptions): Runner => {
  const { activity, clock, queues, streams, ticks, invoke, dailySchedules } = options;
  const moments: { readonly at: Instant; readonly action: Action }[] = [];
  let swept: { readonly at: Instant; readonly due: Instant; readonly pause: number } | undefined;
  let turn = Promise.resolve();

  const busy = (): boolean => activity.count() > 0 || queues.some((queue) => queue.pending());

  const settle = async (): Promise<void> => {
    for (;;) {
      for (const queue of queues) queue.kick();
      await breath();
      await activity.idle();
      await breath();
      if (busy()) continue;
      let any = false;
      for (const stream of streams) any = await stream.drain() || any;
      if (!any && !busy()) return;
    }
  };

  // A tick that fails is on record as a failed invocation; the next one does its work.
  const tick = async (minutely: boolean): Promise<void> => {
    const wanted = ticks.filter((one) => one.minutely === minutely);
    await Promise.allSettled(wanted.map((one) => invoke(one.functionArn, tickEvent(one, clock.now()))));
  };

  const sweepAt = (due: Instant | undefined): Instant | undefined => {
    if (due === undefined || !ticks.some((one) => one.minutely)) return undefined;
    const minute = ceilMinute(due < clock.now() ? clock.now() : due);
    if (swept === undefined || minute > swept.at) return minute;
    return addSeconds(swept.at, swept.pause * 60);
  };

  const sweep = async (due: Instant): Promise<void> => {
    const pause = swept?.due === due ? Math.min(swept.pause * 2, longestPauseMinutes) : 1;
    swept = { at: clock.now(), due, pause };
    await tick(true);
  };

  const runMoments = async (): Promise<boolean> => {
    const due = moments.filter((moment) => moment.at <= clock.now());
    for (const moment of due) {
      moments.splice(moments.indexOf(moment), 1);
      await moment.action();
      await settle();
    }
    return due.length > 0;
  };

  const run = async (target: Instant, { onQuiet }: RunOptions): Promise<void> => {
    for (;;) {
      await settle();
      if (onQuiet !== undefined) {
        await onQuiet(clock.now());
        await settle();
      }
      if (await runMoments()) continue;
      const due = await options.earliestDue();
      // A request may have come in meanwhile.
      if (busy()) continue;
      const sweeping = sweepAt(due);
      const daily = dailySchedules && ticks.some((one) => !one.minutely) ? nextMidnight(clock.now()) : undefined;
      const next = earliest([sweeping, daily, ...moments.map((moment) => moment.at)]);
      if (next === undefined || next > target) break;
      if (next > clock.now()) clock.moveTo(next);
      if (next === daily) await tick(false);
      await runMoments();
      if (next === sweeping && due !== undefined) await sweep(due);
    }
    if (target > clock.now()) clock.moveTo(target);
  };

  return {
    settle,
    at: (at, action) => {
      if (at < clock.now()) throw new Error(`${at} is past, it is ${clock.now()}`);
      moments.push({ at, action });
      moments.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    },
    runUntil: (target, runOptions = {}) => {
      const mine = turn.then(() => run(target, runOptions));
      turn = mine.catch(() => undefined);
      return mine;
    },
    runSchedules: async () => {
      await tick(false);
      await settle();
    },
  };
};
