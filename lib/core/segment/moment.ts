import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { dayOf, dayStart } from '../contact/calendar.ts';
import type { Duration } from '../journey/duration.ts';
import { Instant, millisecondsOf } from '../time.ts';
import { shift, shiftLocal } from '../window/span.ts';

/** A day of the calendar, or an instant in milliseconds since 1970. */
export type Moment = { readonly day: Temporal.PlainDate } | { readonly at: number };

const IsoDate = z.iso.date();

/** Reads `2026-11-25` or an instant in UTC; undefined for anything else. */
export const momentOf = (value: unknown): Moment | undefined => {
  if (IsoDate.safeParse(value).success) return { day: Temporal.PlainDate.from(value as string) };
  const instant = Instant.safeParse(value);
  return instant.success && !Number.isNaN(Date.parse(instant.data)) ? { at: millisecondsOf(instant.data) } : undefined;
};

const nextDay = { days: 1 };

/** When a moment begins, on the calendar of an IANA zone; a day begins at midnight. */
export const beginningOf = (moment: Moment, zone: string): number =>
  ('day' in moment ? dayStart(moment.day, zone) : moment.at);

/** When a moment is over. An instant is over as it comes. */
export const endOf = (moment: Moment, zone: string): number =>
  ('day' in moment ? dayStart(moment.day.add(nextDay), zone) : moment.at);

const instantAt = (epochMilliseconds: number) => Temporal.Instant.fromEpochMilliseconds(epochMilliseconds);

/** The end of a moment, later by a span: months and days on the calendar, hours and minutes on the clock. */
export const laterBy = (moment: Moment, span: Duration, zone: string): number =>
  ('day' in moment
    ? shiftLocal(moment.day.toPlainDateTime(), 'after', { ...span, days: span.days + 1 }, zone)
    : shift(instantAt(moment.at), 'after', span, zone)).epochMilliseconds;

/** The beginning of a moment, earlier by a span. */
export const earlierBy = (moment: Moment, span: Duration, zone: string): number =>
  ('day' in moment
    ? shiftLocal(moment.day.toPlainDateTime(), 'before', span, zone)
    : shift(instantAt(moment.at), 'before', span, zone)).epochMilliseconds;

/** The day of a moment on the calendar of an IANA zone. */
export const dayOfMoment = (moment: Moment, zone: string): Temporal.PlainDate =>
  ('day' in moment ? moment.day : dayOf(moment.at, zone));
