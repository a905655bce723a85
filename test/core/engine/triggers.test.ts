import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concerns } from '../../../lib/core/engine/cause.ts';
import { ContactChange } from '../../../lib/core/engine/change.ts';
import { reentryKey } from '../../../lib/core/engine/key.ts';
import { edgeOf } from '../../../lib/core/engine/trigger-becomes.ts';
import { isDate, nextDate } from '../../../lib/core/engine/trigger-date.ts';
import { inactivity } from '../../../lib/core/engine/trigger-inactive.ts';
import { watch, watchedByPlan } from '../../../lib/core/engine/watch.ts';
import type { TriggerOf } from '../../../lib/core/journey/plan.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { addSeconds, instantOf } from '../../../lib/core/time.ts';
import { contactId } from '../../fixtures/contact.ts';

const basis = { source: 'a system', because: 'care' };
const none = { days: 0, hours: 0, minutes: 0 };
const birthday = (leapDay: 'february-28' | 'march-1'): TriggerOf<'date'> => ({
  ...basis, kind: 'date', field: 'birthDate', side: 'after', by: none, time: '09:00', zone: 'contact', fallbackZone: 'America/New_York', yearly: { leapDay },
});
const born = (date: string, zone: string | null = 'America/New_York') => ({ zone, read: () => date });
const at = (text: string): Instant => text as Instant;

describe('a yearly date', () => {
  test.each([
    ['february-28' as const, '2027-02-28T14:00:00.000Z'],
    ['march-1' as const, '2027-03-01T14:00:00.000Z'],
  ])('of 29 February is kept on %s of a common year', (leapDay, moment) => {
    expect(nextDate(birthday(leapDay), born('1980-02-29'), at('2027-01-01T00:00:00.000Z'))).toBe(moment);
  });

  test('of 29 February is kept on the day itself in a leap year', () => {
    expect(nextDate(birthday('march-1'), born('1980-02-29'), at('2028-01-01T00:00:00.000Z'))).toBe('2028-02-29T14:00:00.000Z');
  });

  test('is kept at the hour of the clock on both sides of daylight saving', () => {
    expect(nextDate(birthday('march-1'), born('1980-07-01'), at('2027-01-01T00:00:00.000Z'))).toBe('2027-07-01T13:00:00.000Z');
  });

  test('some days before the first of January falls into the year before', () => {
    const before = { ...birthday('march-1'), side: 'before' as const, by: { ...none, days: 3 } };
    expect(nextDate(before, born('1980-01-01'), at('2026-12-01T00:00:00.000Z'))).toBe('2026-12-29T14:00:00.000Z');
  });
});

const days = fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2024, 11, 31) }).map((ms) => new Date(ms).toISOString().slice(0, 10));
const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2060, 0, 1) }).map(instantOf);
const zones = fc.constantFrom('America/New_York', 'Pacific/Honolulu', 'Asia/Kolkata', 'Australia/Lord_Howe', null);

test('the next date of a birthday lies ahead, within a year and two days, and is one', () => {
  fc.assert(fc.property(days, instants, zones, fc.constantFrom('february-28' as const, 'march-1' as const), (day, now, zone, leapDay) => {
    const next = nextDate(birthday(leapDay), born(day, zone), now);
    if (next === undefined) throw new Error('a birthday always comes');
    expect(next > now && next < addSeconds(now, 368 * 86_400)).toBe(true);
    expect(isDate(birthday(leapDay), born(day, zone), next)).toBe(true);
  }), { numRuns: 1000 });
});

test('a date that is past comes no more, and one of a person without it never', () => {
  const { yearly: _, ...once } = birthday('march-1');
  expect(nextDate(once, born('2026-11-01'), at('2026-11-25T00:00:00.000Z'))).toBeUndefined();
  expect(nextDate(once, { zone: null, read: () => undefined }, at('2026-11-25T00:00:00.000Z'))).toBeUndefined();
});

/** Follows a condition through results; each is looked at as often as a stream may repeat it. */
const entriesOf = (results: readonly ('yes' | 'no' | 'missing')[], repeats: readonly number[], isNew: boolean): number => {
  let known: boolean | undefined;
  let entered = 0;
  results.forEach((result, index) => {
    for (let time = 0; time <= (repeats[index] ?? 0); time += 1) {
      const { enters, keep } = edgeOf(known, result, isNew && index === 0);
      if (enters) entered += 1;
      if (keep !== undefined) known = keep;
    }
  });
  return entered;
};
const arbitraryResults = fc.array(fc.constantFrom('yes' as const, 'no' as const, 'missing' as const), { minLength: 1, maxLength: 12 });

test('a condition that comes true enters once for each time that it does, however often it is looked at', () => {
  fc.assert(fc.property(arbitraryResults, fc.array(fc.nat(3)), fc.boolean(), (results, repeats, isNew) => {
    const edges = results.filter((result, index) => result === 'yes' && (index === 0 ? isNew : results[index - 1] !== 'yes')).length;
    expect(entriesOf(results, repeats, isNew)).toBe(edges);
  }), { numRuns: 2000 });
});

test('keys of a year are those of the contact\'s calendar, and the same whenever they are asked for', () => {
  const facts = { at: at('2027-01-01T03:00:00.000Z'), read: () => undefined, attributes: () => undefined };
  expect(reentryKey({ oncePer: 'year' }, { ...facts, zone: 'America/New_York' })).toBe('year:2026');
  expect(reentryKey({ oncePer: 'month' }, { ...facts, zone: 'UTC' })).toBe('month:2027-01');
});

test('a key whose value is missing, or is no single value, is none', () => {
  const facts = { at: at('2027-01-01T03:00:00.000Z'), zone: null, read: () => ['1'], attributes: () => undefined };
  expect(reentryKey({ oncePer: { attribute: 'appointmentId' } }, facts)).toBeUndefined();
  expect(reentryKey({ oncePer: { field: 'conditions' } }, facts)).toBeUndefined();
});

test('values of another type make another key', () => {
  const key = (value: unknown) => reentryKey({ oncePer: { attribute: 'number' } }, { at: at('2027-01-01T03:00:00.000Z'), zone: null, read: () => undefined, attributes: () => value });
  expect(new Set([key(1), key('1'), key(true), key('true')]).size).toBe(4);
});

test('inactivity runs from the last thing that a person did; a scanner is nobody', () => {
  const trigger: TriggerOf<'inactive'> = { ...basis, kind: 'inactive', for: { ...none, days: 30 } };
  const login = { type: 'api' as const, id: '1', at: at('2026-11-10T00:00:00.000Z'), name: 'portal.login' };
  const scanned = { type: 'open' as const, id: '2', at: at('2026-11-20T00:00:00.000Z'), enrolment: 'e_00000000000000000000000000', step: 'note', automated: true };
  expect(inactivity(trigger, at('2026-12-01T00:00:00.000Z'), [login, scanned], 'UTC')).toEqual({ kind: 'later', due: '2026-12-10T00:00:00.000Z' });
  expect(inactivity(trigger, at('2026-12-10T00:00:00.000Z'), [login, scanned], 'UTC')).toEqual({ kind: 'over' });
});

describe('a change', () => {
  const change = (part: object) => ContactChange.parse({ contact: contactId(1), id: '2', at: '2026-11-25T00:00:00.000Z', ...part });

  test('concerns nobody where nothing that is published reads what changed', () => {
    expect(concerns(change({ fields: ['firstName', 'standing'] }), new Set([watch.field('planYear')]), [])).toBe(false);
    expect(concerns(change({ fields: ['planYear'] }), new Set([watch.field('planYear')]), [])).toBe(true);
  });

  test('of a new contact concerns those alone who wait for new ones', () => {
    expect(concerns(change({ fields: ['planYear'], created: true }), new Set([watch.field('planYear')]), [])).toBe(false);
    expect(concerns(change({ fields: ['planYear'], created: true }), new Set([watch.created]), [])).toBe(true);
  });
});

test('a plan is told of what its triggers, endings and waits react to', () => {
  expect(watchedByPlan({
    triggers: [{ ...basis, kind: 'joins', segment: 'guests' }, birthday('march-1')],
    exits: [{ label: 'off', status: 'EXITED', event: 'visit.off' }],
    steps: {},
  })).toEqual(['segment:guests', 'created', 'field:birthDate', 'field:zone', 'event:visit.off']);
});
