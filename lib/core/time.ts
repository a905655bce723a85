import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/** An RFC 3339 instant in UTC with milliseconds, `2026-11-22T05:00:00.000Z`; such strings sort as the time does. */
export type Instant = string & z.$brand<'Instant'>;

const fixedWidth = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

export const Instant = z.string().regex(fixedWidth).brand<'Instant'>();

export const instantOf = (epochMilliseconds: number): Instant =>
  new Date(epochMilliseconds).toISOString() as Instant;

/** Reads any RFC 3339 instant with an offset; throws a RangeError on anything else. */
export const parseInstant = (text: string): Instant => instantOf(Temporal.Instant.from(text).epochMilliseconds);

const expected = 'an instant with its offset is expected, like "2026-12-01T09:00:00-05:00"';

/** Any RFC 3339 instant with its offset, read as {@link Instant}: one that is a year of five digits in UTC is refused. */
export const OffsetInstant = z.iso.datetime({ offset: true, error: expected })
  .transform((text): string => parseInstant(text))
  .pipe(z.string().regex(fixedWidth, expected).brand<'Instant'>());

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

export const addSeconds = (instant: Instant, seconds: number): Instant =>
  instantOf(millisecondsOf(instant) + seconds * 1000);
