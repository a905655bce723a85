import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../../../lib/core/journey/plan.ts';
import { addSeconds } from '../../../lib/core/time.ts';
import { parseInstant } from '../../../lib/core/offset-instant.ts';
import { isOpen, nextOpening, type Window } from '../../../lib/core/window/opening.ts';
import { instants, shownAt, times, zones } from './zones.ts';

const at = parseInstant;

// In America/New_York clocks go forward on 2027-03-14 at 02:00 and back on 2026-11-01 at 02:00, both Sundays.
const newYork = 'America/New_York';

const daily = (from: string, to: string): Window => ({ on: [], from, to });
const thursdays: Window = { on: ['thursday'], from: '12:00', to: '14:00' };

describe('the next opening of a window', () => {
  it('is now while it is open', () => {
    expect(nextOpening(thursdays, at('2026-11-26T13:59:59.999-05:00'), newYork)).toBe('2026-11-26T18:59:59.999Z');
  });

  it('is now at the very minute it opens', () => {
    expect(nextOpening(thursdays, at('2026-11-26T12:00:00-05:00'), newYork)).toBe('2026-11-26T17:00:00.000Z');
  });

  it('is a week later at the very minute it closes', () => {
    expect(nextOpening(thursdays, at('2026-11-26T14:00:00-05:00'), newYork)).toBe('2026-12-03T17:00:00.000Z');
  });

  it('is later on the same day before it opens', () => {
    expect(nextOpening(thursdays, at('2026-11-26T03:00:00-05:00'), newYork)).toBe('2026-11-26T17:00:00.000Z');
  });

  it('reads the weekday on the clock of the zone', () => {
    const sundayLate: Window = { on: ['sunday'], from: '20:00', to: '24:00' };
    expect(nextOpening(sundayLate, at('2026-11-23T03:00:00Z'), newYork)).toBe('2026-11-23T03:00:00.000Z');
  });

  it('is every day where no day is named', () => {
    expect(nextOpening(daily('09:00', '17:00'), at('2026-11-21T18:00:00-05:00'), newYork)).toBe('2026-11-22T14:00:00.000Z');
  });

  it('follows the clock across the start of daylight-saving time', () => {
    expect(nextOpening(daily('12:00', '14:00'), at('2027-03-13T15:00:00-05:00'), newYork)).toBe('2027-03-14T16:00:00.000Z');
  });

  it('is right after the gap where the clock skips the opening', () => {
    expect(nextOpening(daily('02:30', '04:00'), at('2027-03-14T00:00:00-05:00'), newYork)).toBe('2027-03-14T07:00:00.000Z');
  });

  it('is the day after where the clock skips the whole window', () => {
    expect(nextOpening(daily('02:00', '03:00'), at('2027-03-14T00:00:00-05:00'), newYork)).toBe('2027-03-15T06:00:00.000Z');
  });

  it('is the first of two where the clock shows the opening twice', () => {
    expect(nextOpening(daily('01:30', '04:00'), at('2026-11-01T00:00:00-04:00'), newYork)).toBe('2026-11-01T05:30:00.000Z');
  });

  it('comes again when the clock is put back into the window', () => {
    expect(nextOpening(daily('00:30', '01:45'), at('2026-11-01T01:50:00-04:00'), newYork)).toBe('2026-11-01T06:00:00.000Z');
  });

  it('is the next night where the clock is put back into the window months later', () => {
    const opening = nextOpening(daily('00:00', '01:15'), at('2027-03-15T01:15:00-02:30'), 'America/St_Johns');
    expect(opening).toBe('2027-03-16T02:30:00.000Z');
  });

  it('lasts to midnight where it closes at 24:00', () => {
    expect(nextOpening(daily('22:00', '24:00'), at('2026-11-22T23:59:59.999-05:00'), newYork)).toBe('2026-11-23T04:59:59.999Z');
  });

  it.each([
    ['the 31st passes by shorter months', [31], '2027-01-31T20:00:00Z', '2027-03-31T16:00:00.000Z'],
    ['the last day of a leap February', ['last'], '2028-02-01T12:00:00Z', '2028-02-29T17:00:00.000Z'],
    ['the last day of a common February', ['last'], '2027-02-01T12:00:00Z', '2027-02-28T17:00:00.000Z'],
    ['the first of several', [1, 15], '2026-11-24T15:00:00Z', '2026-12-01T17:00:00.000Z'],
    ['the same day, where it is still to open', [24, 25], '2026-11-24T15:00:00Z', '2026-11-24T17:00:00.000Z'],
    ['the next day, where it is over', [24, 25], '2026-11-24T19:00:00Z', '2026-11-25T17:00:00.000Z'],
    ['the 29th of the month after', [29], '2028-02-29T20:00:00Z', '2028-03-29T16:00:00.000Z'],
  ] as const)('is on a day of the month: %s', (_, days, now, expected) => {
    expect(nextOpening({ ...daily('12:00', '14:00'), days }, at(now), newYork)).toBe(expected);
  });

  it('is on the first Monday of a month', () => {
    const firstMonday: Window = { on: ['monday'], days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00' };
    expect(nextOpening(firstMonday, at('2026-11-24T15:00:00Z'), newYork)).toBe('2026-12-07T14:00:00.000Z');
  });

  it('is a month later where a zone skipped the day', () => {
    expect(nextOpening({ ...daily('12:00', '14:00'), days: [30] }, at('2011-12-29T00:00:00Z'), 'Pacific/Apia'))
      .toBe('2012-01-29T22:00:00.000Z');
  });

  it('is the next evening at midnight where it closes at 24:00', () => {
    expect(nextOpening(daily('22:00', '24:00'), at('2026-11-23T00:00:00-05:00'), newYork)).toBe('2026-11-24T03:00:00.000Z');
  });
});

const monthDays = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)), { minLength: 1, maxLength: 5 });

const windows: fc.Arbitrary<Window> = fc.record({
  on: fc.uniqueArray(fc.constantFrom(...weekdays), { maxLength: 3 }),
  days: fc.option(monthDays, { nil: undefined }),
  from: times,
  to: fc.oneof(times, fc.constant('24:00')),
}).filter(({ from, to }) => from < to);

/** Whether a clock that shows this stands inside the window, read without the code under test. */
const isInside = ({ on, days, from, to }: Window, shown: string): boolean => {
  const [date = '', time = ''] = shown.split('T');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const weekday = weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7];
  const isLast = day === new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (on.length === 0 || (weekday !== undefined && on.includes(weekday)))
    && (days === undefined || days.includes(day) || (isLast && days.includes('last')))
    && time >= from && time < to;
};

describe('for any window, instant and zone', () => {
  it('the window is open at its next opening, on the clock of the zone', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      const opening = nextOpening(window, now, zone);
      expect(isOpen(window, opening, zone)).toBe(true);
      expect(isInside(window, shownAt(opening, zone))).toBe(true);
    }), { numRuns: 2000 });
  });

  it('the next opening is never past', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      expect(nextOpening(window, now, zone) >= now).toBe(true);
    }), { numRuns: 2000 });
  });

  it('no quarter of an hour before the next opening, up to forty days of them, is inside the window', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      const opening = nextOpening(window, now, zone);
      const from = addSeconds(opening, -40 * 86_400);
      for (let one = now > from ? now : from; one < opening; one = addSeconds(one, 900)) {
        expect(isInside(window, shownAt(one, zone))).toBe(false);
      }
    }), { numRuns: 300 });
  });

  it('whoever comes earlier goes on no later', () => {
    fc.assert(fc.property(windows, instants, instants, zones, (window, one, other, zone) => {
      const [earlier, later] = one < other ? [one, other] : [other, one];
      expect(nextOpening(window, earlier, zone) <= nextOpening(window, later, zone)).toBe(true);
    }), { numRuns: 1000 });
  });

  it('the next opening of an opening is itself', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      const opening = nextOpening(window, now, zone);
      expect(nextOpening(window, opening, zone)).toBe(opening);
    }), { numRuns: 1000 });
  });
});
