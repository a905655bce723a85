import * as z from 'zod';

/** Milliseconds since 1970 in UTC; a fraction stands for what a text gives beyond the millisecond. */
export type EpochMs = number;

/** Days since 1970-01-01 on the proleptic Gregorian calendar. */
export type EpochDay = number;

export const msPerDay = 86_400_000;

/** 29 February counts as 1 March in a common year, so nobody is older than they are. */
export const epochDay = (year: number, month: number, day: number): EpochDay => {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lastDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const lastDay = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (lastDays[month - 1] ?? 0);

/** The digits of `text` from `start` to before `end` as a number; NaN where a character is no digit. */
const digits = (text: string, start: number, end: number): number => {
  let value = 0;
  for (let place = start; place < end; place++) {
    const digit = text.charCodeAt(place) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

const dateAt = (text: string): CivilDate | null => {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const valid = text[4] === '-' && text[7] === '-' && year >= 0 && day >= 1 && day <= lastDay(year, month);
  return valid ? { year, month, day } : null;
};

/** Reads `2026-04-30`; null for anything else, a day that the month does not have included. */
export const parseDate = (text: string): CivilDate | null => (text.length === 10 ? dateAt(text) : null);

const offsetMinutes = (text: string, start: number): number => {
  const sign = text[start];
  if (sign === 'Z' || sign === 'z') return text.length === start + 1 ? 0 : Number.NaN;
  if ((sign !== '+' && sign !== '-') || text.length !== start + 6 || text[start + 3] !== ':') return Number.NaN;
  const hours = digits(text, start + 1, start + 3);
  const minutes = digits(text, start + 4, start + 6);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
};

/**
 * Reads an RFC 3339 instant. NaN for anything else: no offset, a blank for the `T`, a day or hour that does not exist,
 * a leap second. Instants one microsecond apart stay apart.
 */
export const parseInstant = (text: string): EpochMs => {
  const date = dateAt(text);
  const parted = (text[10] === 'T' || text[10] === 't') && text[13] === ':' && text[16] === ':';
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (date === null || !parted || !(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  let end = 19;
  let fraction = 0;
  if (text[end] === '.') {
    end = 20;
    while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
    if (end === 20) return Number.NaN;
    fraction = Number(text.slice(19, end)) * 1000;
  }
  const seconds = epochDay(date.year, date.month, date.day) * 86_400 + hour * 3600 + minute * 60 + second;
  return (seconds - offsetMinutes(text, end) * 60) * 1000 + fraction;
};

/** The instant in UTC, rounded up to the millisecond and written without a fraction of zero. */
export const formatInstant = (at: EpochMs): string => new Date(Math.ceil(at)).toISOString().replace('.000Z', 'Z');

export const Instant = z.custom<string>((text) => typeof text === 'string' && !Number.isNaN(parseInstant(text)));
export const CalendarDate = z.custom<string>((text) => typeof text === 'string' && parseDate(text) !== null);
