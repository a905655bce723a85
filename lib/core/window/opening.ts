import { Temporal } from 'temporal-polyfill';
import { type MonthDay, type Weekday, weekdays } from '../journey/plan.ts';
import { type Instant, instantOf, millisecondsOf } from '../time.ts';
import { firstInstantAt } from './local.ts';

export type Window = {
  /** Empty: any day. */
  readonly on: readonly Weekday[];
  /** Absent: any day. Beside `on`, a day must be among both. */
  readonly days?: readonly MonthDay[] | undefined;
  readonly from: string;
  readonly to: string;
};

/**
 * A window that one clock change swallows opens again within this many days: a weekly one in two weeks; one on the 31st,
 * where that is a given weekday, after twice 609 days at the latest.
 */
const horizonOf = ({ days }: Window): number => (days === undefined ? 15 : 1220);

const midnight = '00:00';

const opensInMonth = ({ days }: Window, { day, daysInMonth }: Temporal.PlainDate): boolean =>
  days === undefined || days.includes(day) || (day === daysInMonth && days.includes('last'));

const opens = (window: Window, day: Temporal.PlainDate): boolean => {
  const weekday = weekdays[day.dayOfWeek - 1];
  const inWeek = window.on.length === 0 || (weekday !== undefined && window.on.includes(weekday));
  return inWeek && opensInMonth(window, day);
};

/** Whether a clock in the zone shows a time inside the window, `[from, to)`, on one of its days. */
export const isOpen = (window: Window, at: Instant, zone: string): boolean => {
  const local = Temporal.Instant.fromEpochMilliseconds(millisecondsOf(at)).toZonedDateTimeISO(zone);
  const time = local.toPlainTime();
  const started = Temporal.PlainTime.compare(time, Temporal.PlainTime.from(window.from)) >= 0;
  const ended = window.to !== '24:00' && Temporal.PlainTime.compare(time, Temporal.PlainTime.from(window.to)) >= 0;
  return opens(window, local.toPlainDate()) && started && !ended;
};

/** The instants of a day at which a window can begin: when the clock shows `from`, and when the clock is changed. */
const beginnings = (window: Window, day: Temporal.PlainDate, zone: string): readonly Temporal.Instant[] => {
  const from = day.toPlainDateTime(Temporal.PlainTime.from(window.from));
  const dayStart = firstInstantAt(day.toPlainDateTime(Temporal.PlainTime.from(midnight)), zone);
  const change = dayStart.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  return [
    firstInstantAt(from, zone),
    from.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant(),
    ...(change?.toPlainDate().equals(day) === true ? [change.toInstant()] : []),
  ];
};

/**
 * The first instant, `now` or later, at which the window is open on a clock in `zone`. A window that starts in the gap
 * of a clock change opens right after the gap; one that lies in the gap altogether does not exist on that day.
 * Throws a RangeError for a window that never opens.
 */
export const nextOpening = (window: Window, now: Instant, zone: string): Instant => {
  if (isOpen(window, now, zone)) return now;
  const today = Temporal.Instant.fromEpochMilliseconds(millisecondsOf(now)).toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = 0; ahead <= horizonOf(window); ahead += 1) {
    const day = today.add({ days: ahead });
    if (!opens(window, day)) continue;
    const first = beginnings(window, day, zone)
      .map((instant) => instantOf(instant.epochMilliseconds))
      .filter((instant) => instant > now && isOpen(window, instant, zone))
      .sort()[0];
    if (first !== undefined) return first;
  }
  throw new RangeError('the window never opens');
};
