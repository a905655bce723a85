import { Temporal } from 'temporal-polyfill';
import { latestZone } from '../consent/zone.ts';
import { firstInstantAt } from '../window/local.ts';
import { isZone } from '../window/zone.ts';

/**
 * The zone on whose calendar a contact's dates are compared: the one of the record, an IANA name; for a record without
 * one, or with a name that the runtime does not know, Hawaii, the last state to change the date.
 */
export const calendarZone = (zone: string | null): string => (zone !== null && isZone(zone) ? zone : latestZone);

/** The first instant of a day on the calendar of an IANA zone, in milliseconds since 1970. */
export const dayStart = (day: Temporal.PlainDate, zone: string): number =>
  firstInstantAt(day.toPlainDateTime(), zone).epochMilliseconds;

/** The day that the calendar of an IANA zone shows. */
export const dayOf = (epochMilliseconds: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(zone).toPlainDate();
