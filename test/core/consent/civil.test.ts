import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';

import { epochDay, formatInstant, parseDate, parseInstant } from '../../../lib/core/consent/civil.ts';
import { hasReached, isTimeZone, wallClock } from '../../../lib/core/consent/zone.ts';
import { turnsOf } from '../../../lib/core/consent/turns.ts';

const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
const zones = fc.constantFrom(
  'America/New_York',
  'America/Phoenix',
  'Pacific/Honolulu',
  'America/St_Johns',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
);
const zoned = (zone: string, at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
const dayOf = (date: { year: number; month: number; day: number }) => epochDay(date.year, date.month, date.day);

describe('instants', () => {
  test('are read as Temporal reads them, in any offset', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -1439, max: 1439 }), (at, minutes) => {
        const sign = minutes < 0 ? '-' : '+';
        const clock = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16);
        const text = `${new Date(at + minutes * 60_000).toISOString().slice(0, 23)}${sign}${clock}`;
        expect(parseInstant(text)).toBe(at);
      }),
    );
  });
  test('are written so that they read the same', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseInstant(formatInstant(at))).toBe(at);
      }),
    );
  });
  test('a microsecond apart stay apart', () => {
    expect(parseInstant('2026-04-02T16:00:00.000001Z')).toBeGreaterThan(parseInstant('2026-04-02T16:00:00Z'));
    expect(parseInstant('2026-04-02T16:00:00.000000Z')).toBe(parseInstant('2026-04-02T16:00:00Z'));
  });
  test('of any text are what Temporal takes, or NaN', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-][01]\d:[0-5]\d)$/u),
        (text) => {
          let expected = Number.NaN;
          try {
            expected = Temporal.Instant.from(text).epochMilliseconds;
          } catch {
            // Not an instant.
          }
          expect(Math.floor(parseInstant(text))).toBe(expected);
        },
      ),
    );
  });
});

test('dates are those of the calendar', () => {
  expect(parseDate('2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 });
  expect(parseDate('2000-02-29')).toEqual({ year: 2000, month: 2, day: 29 });
  expect(['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-01-01T'].map(parseDate)).toEqual(
    Array.from({ length: 6 }, () => null),
  );
});

describe('local time', () => {
  test('is what Temporal shows', () => {
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        const local = zoned(zone, at);
        const { day, sinceMidnightMs } = wallClock(zone, at);
        const time = local.toPlainTime().since('00:00').total('milliseconds');
        expect([day, sinceMidnightMs]).toEqual([dayOf(local), time]);
      }),
    );
  });
  test('reaches a day when the local date does', () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: -2, max: 2 }), (zone, at, shift) => {
        const day = Math.floor(at / 86_400_000) + shift;
        expect(hasReached(zone, at, day)).toBe(dayOf(zoned(zone, at)) >= day);
      }),
    );
  });
  test('turns to a minute once, twice, or at the end of a gap', () => {
    const turns = (day: string, minute: number) => {
      const date = Temporal.PlainDate.from(day);
      const found = turnsOf('America/New_York', dayOf(date), minute).filter((at) =>
        zoned('America/New_York', at).toPlainDate().equals(date),
      );
      return [...new Set(found)].sort((a, b) => a - b).map(formatInstant);
    };
    expect(turns('2026-04-02', 480)).toEqual(['2026-04-02T12:00:00Z']);
    expect(turns('2026-11-01', 90)).toEqual(['2026-11-01T05:30:00Z', '2026-11-01T06:00:00Z', '2026-11-01T06:30:00Z']);
    expect(turns('2026-03-08', 150)).toContain('2026-03-08T07:00:00Z');
  });
});

test('a zone is a name', () => {
  expect(['America/New_York', 'US/Pacific', 'UTC', '+01:00', 'Nowhere/Land', '', null, 5].map(isTimeZone)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
