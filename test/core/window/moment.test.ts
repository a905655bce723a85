import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaitRuleOf } from '../../../lib/core/journey/plan.ts';
import { addSeconds } from '../../../lib/core/time.ts';
import { parseInstant } from '../../../lib/core/offset-instant.ts';
import { dueOf } from '../../../lib/core/window/due.ts';
import { momentOf, plainFacts, type WaitFacts } from '../../../lib/core/window/moment.ts';
import { instants, shownAt, times, zones } from './zones.ts';

const at = parseInstant;
const newYork = 'America/New_York';
const now = at('2026-11-24T15:00:00Z');
const nothing = { days: 0, hours: 0, minutes: 0 };

const local = (date: string, time: string, zone: string): WaitRuleOf<'local'> =>
  ({ rule: 'local', date, time, zone, fallbackZone: 'America/Chicago', ifPast: 'skip' });

const field = (change: Partial<WaitRuleOf<'field'>>): WaitRuleOf<'field'> => ({
  rule: 'field', from: { field: 'appointmentAt' }, side: 'before', by: nothing, zone: 'contact', fallbackZone: newYork,
  ifPast: 'skip', ifMissing: 'exit', ...change,
});

const facts = (appointmentAt: unknown, zone: string | null = newYork): WaitFacts =>
  ({ ...plainFacts(now, zone), read: (name) => (name === 'appointmentAt' ? appointmentAt : undefined) });

describe('a wait until a local date and time', () => {
  it.each([
    ['an ordinary day', '2026-12-01', '09:00', newYork, '2026-12-01T14:00:00.000Z'],
    ['a time that the clock of New York skips: the first instant after the gap', '2027-03-14', '02:30', newYork, '2027-03-14T07:00:00.000Z'],
    ['a time that the clock of New York shows twice: the first', '2026-11-01', '01:30', newYork, '2026-11-01T05:30:00.000Z'],
    ['the first minute that the clock of Chicago skips', '2027-03-14', '02:00', 'America/Chicago', '2027-03-14T08:00:00.000Z'],
    ['the first minute that the clock of Chicago shows twice', '2026-11-01', '01:00', 'America/Chicago', '2026-11-01T06:00:00.000Z'],
    ['Phoenix, where clocks never change', '2027-03-14', '02:30', 'America/Phoenix', '2027-03-14T09:30:00.000Z'],
    ['a gap of half an hour on Lord Howe', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    ['an overlap of half an hour on Lord Howe', '2027-04-04', '01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
    ['the day that Apia skipped', '2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['a leap day', '2028-02-29', '09:00', newYork, '2028-02-29T14:00:00.000Z'],
  ])('ends at the instant that the zone gives: %s', (_, date, time, zone, expected) => {
    expect(momentOf(local(date, time, zone), plainFacts(now, null))).toBe(expected);
  });

  it('is read on the clock of the contact', () => {
    expect(momentOf(local('2026-12-01', '09:00', 'contact'), plainFacts(now, 'America/Los_Angeles'))).toBe('2026-12-01T17:00:00.000Z');
  });

  it.each([null, 'Mars/Olympus', '-05:00'])('is read on the clock of the fallback zone for a contact in the zone %s', (zone) => {
    expect(momentOf(local('2026-12-01', '09:00', 'contact'), plainFacts(now, zone))).toBe('2026-12-01T15:00:00.000Z');
  });
});

describe('a wait for a date or an instant of the contact', () => {
  it('ends days before the appointment at a time of day', () => {
    const rule = field({ by: { ...nothing, days: 3 }, time: '09:00' });
    expect(momentOf(rule, facts('2027-03-16T15:00:00-04:00'))).toBe('2027-03-13T14:00:00.000Z');
  });

  it('counts days on the calendar of the zone, at the same time of day', () => {
    expect(momentOf(field({ by: { ...nothing, days: 1 } }), facts('2027-03-14T15:00:00-04:00'))).toBe('2027-03-13T20:00:00.000Z');
  });

  it('counts hours on the clock', () => {
    expect(momentOf(field({ by: { ...nothing, hours: 24 } }), facts('2027-03-14T15:00:00-04:00'))).toBe('2027-03-13T19:00:00.000Z');
  });

  it('is the instant itself where nothing is added', () => {
    expect(momentOf(field({}), facts('2026-11-01T01:30:00-05:00'))).toBe('2026-11-01T06:30:00.000Z');
  });

  it('reads the day of an instant on the clock of the contact', () => {
    expect(momentOf(field({ time: '09:00' }), facts('2026-12-02T02:00:00Z', 'America/Los_Angeles'))).toBe('2026-12-01T17:00:00.000Z');
  });

  it('ends right after the gap where the time of day is skipped on that date, not on that of the value', () => {
    const rule = field({ by: { ...nothing, days: 3 }, time: '02:30' });
    expect([momentOf(rule, facts('2027-03-17')), momentOf(rule, facts('2027-03-14'))])
      .toEqual(['2027-03-14T07:00:00.000Z', '2027-03-11T07:30:00.000Z']);
  });

  it.each([
    ['2027-03-31', 'before', 1, '2027-02-28T14:00:00.000Z'],
    ['2028-03-31', 'before', 1, '2028-02-29T14:00:00.000Z'],
    ['2028-02-29', 'after', 12, '2029-02-28T14:00:00.000Z'],
    ['2028-02-29', 'after', 48, '2032-02-29T14:00:00.000Z'],
  ] as const)('a month ends on its last day where it lacks the day: %s, %s, %d months', (date, side, months, expected) => {
    expect(momentOf(field({ side, by: { ...nothing, months }, time: '09:00' }), facts(date))).toBe(expected);
  });

  it('begins at midnight for a mere date without a time of day', () => {
    expect(momentOf(field({ side: 'after' }), facts('2026-12-01'))).toBe('2026-12-01T05:00:00.000Z');
  });

  it('reads an attribute of the run where the rule names one', () => {
    const rule = field({ from: { attribute: 'visitAt' } });
    const run = { ...facts(undefined), attributes: (name: string) => (name === 'visitAt' ? '2026-12-01T14:00:00Z' : undefined) };
    expect(momentOf(rule, run)).toBe('2026-12-01T14:00:00.000Z');
  });

  it('stays within what sorts as text for a date that stands for never', () => {
    expect(momentOf(field({ side: 'after', by: { ...nothing, months: 1 } }), facts('9999-12-31'))).toBe('9999-12-31T23:59:59.999Z');
  });

  it.each([undefined, '', 'soon', '2026-02-30', '2026-12-01T09:00:00', 20_261_201, null])('is missing where the value is %j', (value) => {
    expect(dueOf(field({}), facts(value))).toEqual({ kind: 'missing', then: 'exit' });
  });
});

describe('a moment that is past', () => {
  it('does what the author states', () => {
    expect(dueOf({ rule: 'instant', at: at('2026-11-24T14:59:59.999Z'), ifPast: 'exit' }, plainFacts(now, null)))
      .toEqual({ kind: 'past', then: 'exit' });
  });

  it('is not past at the very instant', () => {
    expect(dueOf({ rule: 'instant', at: now, ifPast: 'exit' }, plainFacts(now, null))).toEqual({ kind: 'at', due: now });
  });
});

const day = fc.date({ min: new Date('2010-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
// Dates of clock changes come up too seldom by chance.
const days = fc.oneof(day, fc.constantFrom('2026-11-01', '2027-03-14', '2026-10-04', '2027-04-04', '2011-12-30', '2011-12-31', '2028-02-29'));

describe('for any date, time and zone', () => {
  it('the moment is the first instant at which the clock has come to the time', () => {
    fc.assert(fc.property(days, times, zones, (date, time, zone) => {
      const moment = momentOf(local(date, time, zone), plainFacts(now, null)) ?? now;
      const wanted = `${date}T${time}`;
      expect(shownAt(moment, zone) >= wanted).toBe(true);
      for (let minutes = 15; minutes <= 30 * 60; minutes += 15) {
        expect(shownAt(addSeconds(moment, -60 * minutes), zone) < wanted).toBe(true);
      }
      expect(shownAt(addSeconds(moment, -60), zone) < wanted).toBe(true);
    }), { numRuns: 2000 });
  });

  it('a moment is kept as it is: it does not depend on when it is reckoned', () => {
    fc.assert(fc.property(days, times, zones, instants, instants, (date, time, zone, one, other) => {
      const rule = local(date, time, zone);
      expect(momentOf(rule, plainFacts(one, null))).toBe(momentOf(rule, plainFacts(other, null)));
    }), { numRuns: 1000 });
  });

  it('nobody goes on before the moment, and only who comes later is too late', () => {
    fc.assert(fc.property(days, times, zones, instants, (date, time, zone, one) => {
      const rule = local(date, time, zone);
      const moment = momentOf(rule, plainFacts(one, null));
      const reckoned = dueOf(rule, plainFacts(one, null));
      expect(reckoned).toEqual(moment !== undefined && moment >= one ? { kind: 'at', due: moment } : { kind: 'past', then: 'skip' });
    }), { numRuns: 1000 });
  });

  it('so many days before a date are that many days on the calendar', () => {
    fc.assert(fc.property(day, times, zones, fc.integer({ min: 0, max: 400 }), (date, time, zone, count) => {
      const before = momentOf(field({ by: { ...nothing, days: count }, time, zone }), facts(date)) ?? now;
      const wanted = new Date(Date.parse(date) - count * 86_400_000).toISOString().slice(0, 10);
      expect(before).toBe(momentOf(local(wanted, time, zone), plainFacts(now, null)));
    }), { numRuns: 2000 });
  });
});
