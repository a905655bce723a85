import { Temporal } from 'temporal-polyfill';

/** Whether the name is in the IANA time zone database that the runtime carries. */
export const isZone = (name: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};
