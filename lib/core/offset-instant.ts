import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { fixedWidth, type Instant, instantOf } from './time.ts';

/** Reads any RFC 3339 instant with an offset; throws a RangeError on anything else. */
export const parseInstant = (text: string): Instant => instantOf(Temporal.Instant.from(text).epochMilliseconds);

const expected = 'an instant with its offset is expected, like "2026-12-01T09:00:00-05:00"';

/** Any RFC 3339 instant with its offset, read as {@link Instant}: one that is a year of five digits in UTC is refused. */
export const OffsetInstant = z.iso.datetime({ offset: true, error: expected })
  .transform((text): string => parseInstant(text))
  .pipe(z.string().regex(fixedWidth, expected).brand<'Instant'>());
