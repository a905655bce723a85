import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaitRule } from '../../../lib/core/journey/plan.ts';
import { dueOf } from '../../../lib/core/window/due.ts';
import { plainFacts } from '../../../lib/core/window/moment.ts';
import { addDuration } from '../../../lib/core/window/span.ts';
import { type Instant, instantOf, millisecondsOf } from '../../../lib/core/time.ts';
import { parseInstant } from '../../../lib/core/offset-instant.ts';

const at = parseInstant;

/** The end of a wait that has one. */
const dueAfter = (rule: WaitRule, now: Instant, zone: string | null): Instant => {
  const reckoning = dueOf(rule, plainFacts(now, zone));
  if (reckoning.kind !== 'at') throw new Error(reckoning.kind);
  return reckoning.due;
};

// In America/New_York clocks go forward on 2027-03-14 at 02:00 and back on 2026-11-01 at 02:00.
const newYork = 'America/New_York';

const span = (days: number, hours = 0, minutes = 0): WaitRule =>
  ({ rule: 'duration', duration: { days, hours, minutes } });

describe('a wait for a span', () => {
  it('adds days at the same time of day when clocks go forward', () => {
    expect(dueAfter(span(1), at('2027-03-13T12:00:00-05:00'), newYork)).toBe('2027-03-14T16:00:00.000Z');
  });

  it('adds days at the same time of day when clocks go back', () => {
    expect(dueAfter(span(1), at('2026-10-31T12:00:00-04:00'), newYork)).toBe('2026-11-01T17:00:00.000Z');
  });

  it('adds hours on the clock when clocks go forward', () => {
    expect(dueAfter(span(0, 24), at('2027-03-13T12:00:00-05:00'), newYork)).toBe('2027-03-14T17:00:00.000Z');
  });

  it('ends right after the gap where the clock skips the time of day', () => {
    expect(dueAfter(span(1), at('2027-03-13T02:30:00-05:00'), newYork)).toBe('2027-03-14T07:00:00.000Z');
  });

  it('ends at the first of two where the clock shows the time of day twice', () => {
    expect(dueAfter(span(1), at('2026-10-31T01:30:00-04:00'), newYork)).toBe('2026-11-01T05:30:00.000Z');
  });

  it('adds hours and minutes after the days', () => {
    expect(dueAfter(span(1, 6, 30), at('2026-11-22T05:00:00Z'), newYork)).toBe('2026-11-23T11:30:00.000Z');
  });

  it('reckons a day as 24 hours for a contact without a zone', () => {
    expect(dueAfter(span(1), at('2027-03-13T12:00:00-05:00'), null)).toBe('2027-03-14T17:00:00.000Z');
  });

  it('reckons a day as 24 hours for a contact whose zone is unknown to the runtime', () => {
    expect(dueAfter(span(1), at('2027-03-13T12:00:00-05:00'), 'Mars/Olympus')).toBe('2027-03-14T17:00:00.000Z');
  });

  it('keeps milliseconds', () => {
    expect(dueAfter(span(3), at('2026-11-22T05:00:00.123Z'), newYork)).toBe('2026-11-25T05:00:00.123Z');
  });

  it('lasts between 23 and 25 hours for each day, in every zone', () => {
    const zones = fc.constantFrom(newYork, 'America/Phoenix', 'Pacific/Honolulu', 'Australia/Lord_Howe', 'Europe/Berlin');
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => instantOf(date.getTime()));
    fc.assert(fc.property(instants, zones, fc.integer({ min: 1, max: 400 }), (now, zone, days) => {
      const hours = (millisecondsOf(addDuration(now, { days, hours: 0, minutes: 0 }, zone)) - millisecondsOf(now)) / 3_600_000;
      expect(hours).toBeGreaterThanOrEqual(days * 24 - 1);
      expect(hours).toBeLessThanOrEqual(days * 24 + 1);
    }));
  });
});

describe('a wait for a window', () => {
  const thursdayNoon: WaitRule = {
    rule: 'window', on: ['thursday'], from: '12:00', to: '14:00', zone: 'contact', fallbackZone: newYork,
  };

  it('opens on the clock of the contact', () => {
    expect(dueAfter(thursdayNoon, at('2026-11-24T15:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-26T20:00:00.000Z');
  });

  it('opens on the clock of the fallback zone for a contact without a zone', () => {
    expect(dueAfter(thursdayNoon, at('2026-11-24T15:00:00Z'), null)).toBe('2026-11-26T17:00:00.000Z');
  });

  it('opens on the clock of the fallback zone for a contact whose zone is unknown to the runtime', () => {
    expect(dueAfter(thursdayNoon, at('2026-11-24T15:00:00Z'), 'Mars/Olympus')).toBe('2026-11-26T17:00:00.000Z');
  });

  it('opens on the clock of the zone that the author names, wherever the contact is', () => {
    const chicago: WaitRule = { ...thursdayNoon, zone: 'America/Chicago', fallbackZone: 'America/Chicago' };
    expect(dueAfter(chicago, at('2026-11-24T15:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-26T18:00:00.000Z');
  });
});
