import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { dayOf, dayStart } from '../contact/calendar.ts';
import type { Duration } from '../journey/plan.ts';
import { Instant, millisecondsOf } from '../time.ts';
import { firstInstantAt } from '../window/local.ts';

/** A day of the calendar, or an instant in milliseconds since 1970. */
export type Moment = { readonly day: Temporal.PlainDate } | { readonly at: number };

const IsoDate = z.iso.date();

/** Reads `2026-11-25` or an instant in UTC; undefined for anything else. */
export const momentOf = (value: unknown): Moment | undefined => {
  if (IsoDate.safeParse(value).success) return { day: Temporal.PlainDate.from(value as string) };
  const instant = Instant.safeParse(value);
  return instant.success && !Number.isNaN(Date.parse(instant.data)) ? { at: millisecondsOf(instant.data) } : undefined;
};

const millisecondsIn = ({ hours, minutes }: Duration): number => (hours * 60 + minutes) * 60_000;

/** The part of a span that is counted on the calendar. */
const onCalendar = ({ hours: _hours, minutes: _minutes, ...calendar }: Duration) => calendar;

const moved = (at: number, span: Duration, zone: string, by: 'add' | 'subtract'): number => {
  const clock = by === 'add' ? millisecondsIn(span) : -millisecondsIn(span);
  const calendar = onCalendar(span);
  if (Object.values(calendar).every((amount) => amount === 0)) return at + clock;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return firstInstantAt(local[by](calendar), zone).epochMilliseconds + clock;
};

const nextDay = { days: 1 };

/** When a moment begins, on the calendar of an IANA zone; a day begins at midnight. */
export const beginningOf = (moment: Moment, zone: string): number =>
  ('day' in moment ? dayStart(moment.day, zone) : moment.at);

/** When a moment is over. An instant is over as it comes. */
export const endOf = (moment: Moment, zone: string): number =>
  ('day' in moment ? dayStart(moment.day.add(nextDay), zone) : moment.at);

/** The end of a moment, later by a span: days on the calendar, hours and minutes on the clock. */
export const laterBy = (moment: Moment, span: Duration, zone: string): number =>
  ('day' in moment
    ? dayStart(moment.day.add(onCalendar(span)).add(nextDay), zone) + millisecondsIn(span)
    : moved(moment.at, span, zone, 'add'));

/** The beginning of a moment, earlier by a span. */
export const earlierBy = (moment: Moment, span: Duration, zone: string): number =>
  ('day' in moment
    ? dayStart(moment.day.subtract(onCalendar(span)), zone) - millisecondsIn(span)
    : moved(moment.at, span, zone, 'subtract'));

/** The day of a moment on the calendar of an IANA zone. */
export const dayOfMoment = (moment: Moment, zone: string): Temporal.PlainDate =>
  ('day' in moment ? moment.day : dayOf(moment.at, zone));
