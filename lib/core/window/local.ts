import type { Temporal } from 'temporal-polyfill';

/**
 * The first instant at which a clock in `zone` shows `time`. Where the clock skips it, at the start of daylight-saving
 * time, the first instant after the gap; where it shows it twice, the first of the two.
 */
export const firstInstantAt = (time: Temporal.PlainDateTime, zone: string): Temporal.Instant => {
  const first = time.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(time)) return first.toInstant();
  const gapEnd = first.getTimeZoneTransition('next');
  return (gapEnd ?? time.toZonedDateTime(zone)).toInstant();
};
