import { Temporal } from 'temporal-polyfill';

/** Whether the name is in the IANA time zone database that the runtime carries; a bare offset like `-05:00` is no name. */
export const isZone = (name: string): boolean => {
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};

/**
 * The zone whose clock a rule is read on. `contactZone` is the IANA name on the contact's record; null, or a name that
 * the runtime does not know, counts as no zone.
 */
export const zoneFor = (
  { zone, fallbackZone }: { readonly zone: string; readonly fallbackZone: string }, contactZone: string | null,
): string => {
  if (zone !== 'contact') return zone;
  return contactZone !== null && isZone(contactZone) ? contactZone : fallbackZone;
};
