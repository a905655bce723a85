import type { Clock } from '../core/ports.ts';
import { instantOf, millisecondsOf } from '../core/time.ts';
import type { Instant } from '../core/time.ts';
import type { Activity } from './activity.ts';

export type VirtualClock = Clock & {
  /** @throws Error when anything is in flight, or the moment is past. */
  readonly moveTo: (instant: Instant) => void;
};

/**
 * A clock that stands still until it is moved, and cannot be moved under work that is in flight.
 *
 * @param moved Told each new time, to keep it.
 */
export const createClock = (start: Instant, activity: Activity, moved: (instant: Instant) => void): VirtualClock => {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      if (activity.count() > 0) throw new Error(`the clock stands still while ${activity.count()} pieces of work are in flight`);
      if (instant < now) throw new Error(`the clock does not go back from ${now} to ${instant}`);
      now = instant;
      moved(now);
    },
  };
};

const minute = 60_000;
const day = 86_400_000;

/** The first whole minute at or after the instant. */
export const ceilMinute = (instant: Instant): Instant => instantOf(Math.ceil(millisecondsOf(instant) / minute) * minute);

/** The first midnight, UTC, after the instant. */
export const nextMidnight = (instant: Instant): Instant => instantOf((Math.floor(millisecondsOf(instant) / day) + 1) * day);

export const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.filter((instant) => instant !== undefined).sort()[0];
