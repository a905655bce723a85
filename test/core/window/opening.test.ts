import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../../../lib/core/journey/plan.ts';
import { addSeconds, instantOf, parseInstant } from '../../../lib/core/time.ts';
import { isOpen, nextOpening, type Window } from '../../../lib/core/window/opening.ts';

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

  it('is the next evening at midnight where it closes at 24:00', () => {
    expect(nextOpening(daily('22:00', '24:00'), at('2026-11-23T00:00:00-05:00'), newYork)).toBe('2026-11-24T03:00:00.000Z');
  });
});

const times = fc.integer({ min: 0, max: 95 }).map((quarter) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);

const windows: fc.Arbitrary<Window> = fc.record({
  on: fc.uniqueArray(fc.constantFrom(...weekdays), { maxLength: 3 }),
  from: times,
  to: fc.oneof(times, fc.constant('24:00')),
}).filter(({ from, to }) => from < to);

const zones = fc.constantFrom(
  newYork, 'America/Phoenix', 'Pacific/Honolulu', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/Dublin', 'UTC',
);

// Days around both clock changes, and any others.
const instants = fc.oneof(
  fc.integer({ min: 0, max: 4 * 96 }).map((quarter) => addSeconds(at('2026-10-30T00:00:00Z'), quarter * 900)),
  fc.integer({ min: 0, max: 4 * 96 }).map((quarter) => addSeconds(at('2027-03-12T00:00:00Z'), quarter * 900)),
  fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => instantOf(date.getTime())),
);

describe('for any window, instant and zone', () => {
  it('the window is open at its next opening', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      expect(isOpen(window, nextOpening(window, now, zone), zone)).toBe(true);
    }));
  });

  it('the next opening is never past', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      expect(nextOpening(window, now, zone) >= now).toBe(true);
    }));
  });

  it('no quarter of an hour before the next opening is open', () => {
    fc.assert(fc.property(windows, instants, zones, (window, now, zone) => {
      const opening = nextOpening(window, now, zone);
      for (let one = now; one < opening; one = addSeconds(one, 900)) expect(isOpen(window, one, zone)).toBe(false);
    }));
  });
});
