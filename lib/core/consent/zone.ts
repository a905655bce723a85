import * as z from 'zod';

import { type EpochDay, type EpochMs, epochDay, msPerDay, parseDate } from './civil.ts';

/** What clock and calendar on the wall show: the local day, and the milliseconds since its midnight as shown. */
export type WallClock = { readonly day: EpochDay; readonly sinceMidnightMs: number };

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
};

/** A name of the IANA database, as the runtime knows it; a bare offset such as `-05:00` is not a name. */
export const isTimeZone = (name: unknown): name is string => {
  if (typeof name !== 'string' || !/^[A-Za-z]/u.test(name)) return false;
  try {
    return formatterOf(name) !== undefined;
  } catch {
    return false;
  }
};

export const TimeZone = z.custom<string>(isTimeZone);

/** The last of the states to change date, so a person whose zone is unknown is never taken for older. */
export const latestZone = 'Pacific/Honolulu';

/** Reads `04/02/2026, 12:00:00`, the only form the formatter writes. */
export const wallClock = (zone: string, at: EpochMs): WallClock => {
  const shown = formatterOf(zone).format(Math.floor(at));
  const comma = shown.indexOf(',');
  const number = (start: number, end: number): number => Number(shown.slice(start, end));
  const time = number(comma + 2, comma + 4) * 3600 + number(comma + 5, comma + 7) * 60 + number(comma + 8, comma + 10);
  const fraction = at - Math.floor(at / 1000) * 1000;
  return { day: epochDay(number(6, comma), number(0, 2), number(3, 5)), sinceMidnightMs: time * 1000 + fraction };
};

/**
 * True once the local date has reached `day`. No zone is further than a day from UTC, so the zone is asked only near
 * the turn.
 */
export const hasReached = (zone: string | null, at: EpochMs, day: EpochDay): boolean => {
  const utcDay = Math.floor(at / msPerDay);
  if (Math.abs(utcDay - day) > 1) return utcDay > day;
  return wallClock(zone ?? latestZone, at).day >= day;
};

/** The day of a person's birthday in the year they turn `age`; born on 29 February, it is 1 March in a common year. */
export const birthday = (birthDate: string, age: number): EpochDay => {
  const born = parseDate(birthDate);
  return born === null ? Number.NaN : epochDay(born.year + age, born.month, born.day);
};
