import * as z from 'zod';

/** An RFC 3339 instant in UTC with milliseconds, `2026-11-22T05:00:00.000Z`; such strings sort as the time does. */
export type Instant = string & z.$brand<'Instant'>;

/** How an instant is written. */
export const fixedWidth = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

export const Instant = z.string().regex(fixedWidth).brand<'Instant'>();

export const instantOf = (epochMilliseconds: number): Instant =>
  new Date(epochMilliseconds).toISOString() as Instant;

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

export const addSeconds = (instant: Instant, seconds: number): Instant =>
  instantOf(millisecondsOf(instant) + seconds * 1000);
