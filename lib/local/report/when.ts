import type { Instant } from '../../core/time.ts';

/** Writes instants for a reader in one time zone. */
export type When = { readonly zone: string; readonly minute: (instant: Instant) => string };

/** @param zone IANA name. Default the zone of this machine. */
export const whenIn = (zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone): When => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, weekday: 'short', day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  return { zone, minute: (instant) => format.format(new Date(instant)).replaceAll(',', '') };
};
