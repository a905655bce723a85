import { Temporal } from 'temporal-polyfill';
import type { Duration } from '../journey/duration.ts';
import { type Instant, instantOf, millisecondsOf } from '../time.ts';
import { firstInstantAt } from './local.ts';
import { isZone } from './zone.ts';

/** For a contact without a zone a day is 24 hours. */
const zoneless = 'UTC';

/** Whether a span moves the date, and not the clock alone. */
export const hasDays = ({ months = 0, days }: Duration): boolean => months !== 0 || days !== 0;

export type Side = 'before' | 'after';

/**
 * Moves a local time by a span: months, then days on the calendar, at the same time of day, then hours and minutes on
 * the clock of `zone`. A month ends on its last day where it lacks the day that is meant.
 */
export const shiftLocal = (from: Temporal.PlainDateTime, side: Side, span: Duration, zone: string): Temporal.Instant => {
  const sign = side === 'before' ? -1 : 1;
  const { months = 0, days, hours, minutes } = span;
  return firstInstantAt(from.add({ months: sign * months, days: sign * days }), zone)
    .add({ hours: sign * hours, minutes: sign * minutes });
};

/** Moves an instant by a span, as {@link shiftLocal} does; a span without days moves the clock alone. */
export const shift = (from: Temporal.Instant, side: Side, span: Duration, zone: string): Temporal.Instant => {
  if (hasDays(span)) return shiftLocal(from.toZonedDateTimeISO(zone).toPlainDateTime(), side, span, zone);
  const sign = side === 'before' ? -1 : 1;
  return from.add({ hours: sign * span.hours, minutes: sign * span.minutes });
};

/**
 * The end of a span that begins at `now`. Its days are those of `contactZone`; null, or a name that the runtime does not
 * know, counts as no zone, and a day is one of UTC.
 */
export const addDuration = (now: Instant, span: Duration, contactZone: string | null): Instant => {
  const zone = contactZone !== null && isZone(contactZone) ? contactZone : zoneless;
  const start = Temporal.Instant.fromEpochMilliseconds(millisecondsOf(now));
  return instantOf(shift(start, 'after', span, zone).epochMilliseconds);
};
