import { Temporal } from 'temporal-polyfill';

import { type EpochDay, type EpochMs } from './civil.ts';
import { latestZone } from './zone.ts';

/**
 * The instants of a local day at which a wall clock may come to show a time within `[minute, …)`: those at which it
 * shows `minute`, none in a gap and two in a fold, and the change of offset itself.
 */
export const turnsOf = (zone: string, day: EpochDay, minute: number): EpochMs[] => {
  const date = Temporal.PlainDate.from('1970-01-01').add({ days: day });
  const time = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const shown = (['earlier', 'later'] as const).map((disambiguation) => time.toZonedDateTime(zone, { disambiguation }));
  const change = date.toZonedDateTime(zone).subtract({ seconds: 1 }).getTimeZoneTransition('next');
  return [...shown, ...(change === null ? [] : [change])].map(({ epochMilliseconds }) => epochMilliseconds);
};

/** One calendar year later on the wall clock of the zone; from 29 February it is 28 February. */
export const oneYearAfter = (zone: string | null, at: EpochMs): EpochMs => {
  const whole = Math.floor(at);
  const local = Temporal.Instant.fromEpochMilliseconds(whole).toZonedDateTimeISO(zone ?? latestZone);
  const later = local
    .toPlainDateTime()
    .add({ years: 1 })
    .toZonedDateTime(zone ?? latestZone, { disambiguation: 'earlier' });
  return later.epochMilliseconds + (at - whole);
};
