import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactEvent } from '../../../lib/core/engine/event.ts';
import type { Condition as ConditionType } from '../../../lib/core/segment/condition.ts';
import { Condition } from '../../../lib/core/segment/condition.ts';
import { evaluate } from '../../../lib/core/segment/evaluate.ts';
import { type Facts, noFacts } from '../../../lib/core/segment/facts.ts';
import { canBeMissing } from '../../../lib/core/segment/needs.ts';
import { Instant, instantOf, millisecondsOf } from '../../../lib/core/time.ts';
import { conditions, contacts, instants } from './arbitrary.ts';

const at = (text: string) => Instant.parse(text);

/** Noon of 25 November 2026 in New York. */
const noon = at('2026-11-25T17:00:00.000Z');

const having = (fields: Readonly<Record<string, unknown>>, rest: Partial<Facts> = {}): Facts =>
  ({ ...noFacts(noon), zone: 'America/New_York', read: (field) => fields[field], ...rest });

const resultOf = (condition: ConditionType, facts: Facts) => evaluate(condition, facts).result;

const yes: ConditionType = { field: 'a', equals: 'yes' };
const no: ConditionType = { field: 'a', equals: 'no' };
const missing: ConditionType = { field: 'b', equals: 'yes' };
const named = { yes, no, missing };
const known = having({ a: 'yes' });

describe('what is missing', () => {
  it.each([
    ['yes', 'yes', 'yes', 'yes'], ['yes', 'no', 'no', 'yes'], ['yes', 'missing', 'missing', 'yes'],
    ['no', 'no', 'no', 'no'], ['no', 'missing', 'no', 'missing'], ['missing', 'missing', 'missing', 'missing'],
  ] as const)('of %s and %s leaves all at %s and any at %s, in either order', (one, other, all, any) => {
    for (const both of [[named[one], named[other]], [named[other], named[one]]]) {
      expect(resultOf({ all: both }, known)).toBe(all);
      expect(resultOf({ any: both }, known)).toBe(any);
    }
  });

  it.each([['yes', 'no'], ['no', 'yes'], ['missing', 'missing']] as const)('makes not of %s %s', (one, not) => {
    expect(resultOf({ not: named[one] }, known)).toBe(not);
  });

  it('is told by exists', () => {
    expect(resultOf({ field: 'b', exists: true }, known)).toBe('no');
    expect(resultOf({ field: 'b', exists: false }, known)).toBe('yes');
  });

  it('is told beforehand: a condition that cannot be missing never is', () => {
    fc.assert(fc.property(conditions, contacts, instants, (condition, contact, now) => {
      if (!canBeMissing(condition)) expect(resultOf(condition, contact(now))).not.toBe('missing');
    }), { numRuns: 2000 });
  });
});

describe('a test on a value', () => {
  it.each<[string, unknown, object, string]>([
    ['equals the very value', 'es', { equals: 'es' }, 'yes'],
    ['does not equal a value of another type', '65', { equals: 65 }, 'no'],
    ['finds one of several', 'es', { oneOf: ['en', 'es'] }, 'yes'],
    ['takes the least itself', 65, { atLeast: 65 }, 'yes'],
    ['takes the most itself', 65, { atMost: 65 }, 'yes'],
    ['does not compare a text with a number', '70', { atLeast: 65 }, 'no'],
    ['finds a value in a list', ['1', '2'], { includes: '2' }, 'yes'],
    ['finds any of several in a list', ['1', '2'], { includesAny: ['3', '2'] }, 'yes'],
    ['finds nothing in what is no list', '2', { includes: '2' }, 'no'],
    ['takes today for the last days', '2026-11-25', { inLast: '1 day' }, 'yes'],
    ['takes the first of the last days', '2026-10-26', { inLast: '30 days' }, 'yes'],
    ['leaves out the day before the last days', '2026-10-25', { inLast: '30 days' }, 'no'],
    ['leaves tomorrow out of the last days', '2026-11-26', { inLast: '30 days' }, 'no'],
    ['takes today for the next days', '2026-11-25', { inNext: '7 days' }, 'yes'],
    ['takes the last of the next days', '2026-12-02', { inNext: '7 days' }, 'yes'],
    ['leaves out the day after the next days', '2026-12-03', { inNext: '7 days' }, 'no'],
    ['finds a day older than the last days', '2026-10-25', { olderThan: '30 days' }, 'yes'],
    ['finds no day of the last days older', '2026-10-26', { olderThan: '30 days' }, 'no'],
    ['finds an earlier day before', '2026-11-24', { before: '2026-11-25' }, 'yes'],
    ['does not find the day itself before', '2026-11-25', { before: '2026-11-25' }, 'no'],
    ['does not find the day itself after', '2026-11-25', { after: '2026-11-25' }, 'no'],
    ['finds a later day after', '2026-11-26', { after: '2026-11-25' }, 'yes'],
    ['takes an instant of the last hours', '2026-11-25T12:00:00.001Z', { inLast: '5 hours' }, 'yes'],
    ['leaves out an instant as old as the span', '2026-11-25T12:00:00.000Z', { inLast: '5 hours' }, 'no'],
    ['finds an instant as old as the span older', '2026-11-25T12:00:00.000Z', { olderThan: '5 hours' }, 'yes'],
    ['reads the day of an instant on the contact\'s calendar', '2026-11-26T04:59:59.999Z', { before: '2026-11-26' }, 'yes'],
    ['finds no date in another text', 'soon', { inLast: '30 days' }, 'no'],
    ['finds no date in a day that does not exist', '2026-02-30', { before: '2027-01-01' }, 'no'],
  ])('%s', (_, value, test, result) => {
    const condition = Condition.parse({ field: 'value', ...test });
    expect(resultOf(condition, having({ value }))).toBe(result);
  });

  it('counts days on the calendar where the clock changes', () => {
    const changed = at('2026-11-02T04:59:59.999Z');
    expect(resultOf({ field: 'value', inLast: '1 day' }, having({ value: '2026-10-31' }, { now: changed }))).toBe('yes');
    expect(resultOf({ field: 'value', inLast: '1 day' }, having({ value: '2026-10-31' }, { now: at('2026-11-02T05:00:00.000Z') }))).toBe('no');
  });

  it('takes the calendar of Hawaii for a contact without a zone', () => {
    const facts = (now: string) => having({ value: '2026-11-26' }, { zone: null, now: at(now) });
    expect(resultOf({ field: 'value', inLast: '1 day' }, facts('2026-11-26T09:59:59.999Z'))).toBe('no');
    expect(resultOf({ field: 'value', inLast: '1 day' }, facts('2026-11-26T10:00:00.000Z'))).toBe('yes');
  });
});

const run = { enrolment: 'e_00000000000000000000000001', journey: 'here' };
const click = (change: Partial<Extract<ContactEvent, { type: 'click' }>> = {}): ContactEvent => ({
  type: 'click', id: 'one', at: at('2026-11-24T17:00:00.000Z'), enrolment: run.enrolment, step: 'first', link: 'webinar',
  automated: false, ...change,
});

describe('engagement', () => {
  const clicked = (condition: object, event: ContactEvent, rest: Partial<Facts> = {}) =>
    resultOf(Condition.parse({ clicked: condition }), having({}, { events: [event], run, ...rest }));

  it('is a click of any mail where nothing more is asked', () => {
    expect(clicked({}, click())).toBe('yes');
  });

  it('is no without an event, never missing', () => {
    expect(resultOf({ opened: {} }, having({}))).toBe('no');
  });

  it('is not what a scanner does', () => {
    expect(clicked({}, click({ automated: true }))).toBe('no');
  });

  it('is a click of the named link alone', () => {
    expect(clicked({ link: 'more' }, click())).toBe('no');
  });

  it('with a mail alone is that of this run', () => {
    expect(clicked({ of: 'first' }, click())).toBe('yes');
    expect(clicked({ of: 'first' }, click({ enrolment: 'e_00000000000000000000000002' }))).toBe('no');
  });

  it('with a journey is that of any run of it', () => {
    const journeyOf = () => 'elsewhere';
    expect(clicked({ of: 'first', journey: 'elsewhere' }, click(), { journeyOf })).toBe('yes');
    expect(clicked({ of: 'first', journey: 'here' }, click(), { journeyOf })).toBe('no');
  });

  it('on a mail with several links counts once the others had their time to be followed too', () => {
    const facts = (now: string) => having({}, { events: [click({ links: 2 })], run, now: at(now) });
    expect(evaluate({ clicked: {} }, facts('2026-11-24T17:00:10.000Z'))).toEqual({ result: 'no', until: '2026-11-24T17:00:30.000Z' });
    expect(evaluate({ clicked: {} }, facts('2026-11-24T17:00:30.000Z'))).toEqual({ result: 'yes' });
  });

  it('is not a run over all links of a mail', () => {
    const events = [click({ links: 2 }), click({ id: 'other', link: 'more', links: 2, at: at('2026-11-24T17:00:02.000Z') })];
    expect(resultOf({ clicked: {} }, having({}, { events, run }))).toBe('no');
  });

  it('counts for as long as it says', () => {
    expect(clicked({ within: '1 day 1 minute' }, click())).toBe('yes');
    expect(clicked({ within: '1 day' }, click())).toBe('no');
  });
});

describe('an event', () => {
  const booked: ContactEvent = { type: 'api', id: 'two', at: at('2026-11-24T17:00:00.000Z'), name: 'visit.booked' };
  const facts = (attributes: Readonly<Record<string, unknown>>) =>
    having({}, { events: [booked], attributesOf: () => (name) => attributes[name] });
  const atNorth: ConditionType = { event: 'visit.booked', where: { attribute: 'site', equals: 'north' } };

  it('fits by its name', () => {
    expect(resultOf({ event: 'visit.booked' }, facts({}))).toBe('yes');
    expect(resultOf({ event: 'visit.missed' }, facts({}))).toBe('no');
  });

  it.each([['north', 'yes'], ['south', 'no'], [undefined, 'missing']])('whose attribute is %s comes to %s', (site, result) => {
    expect(resultOf(atNorth, facts({ site }))).toBe(result);
  });
});

describe('time alone', () => {
  it.each<[string, ConditionType, string, string | undefined]>([
    ['the end of the last days', { field: 'value', inLast: '1 day' }, '2026-11-25', '2026-11-27T05:00:00.000Z'],
    ['the beginning of the next days', { field: 'value', inNext: '7 days' }, '2026-12-10', '2026-12-03T05:00:00.000Z'],
    ['the day after the span', { field: 'value', olderThan: '30 days' }, '2026-11-25', '2026-12-26T05:00:00.000Z'],
    ['never, behind the last days', { field: 'value', inLast: '1 day' }, '2026-11-01', undefined],
    ['never, of a date before another', { field: 'value', before: '2027-01-01' }, '2026-11-25', undefined],
    ['never, where the value is missing', { field: 'other', inLast: '1 day' }, '2026-11-25', undefined],
  ])('changes the result at %s', (_, condition, value, until) => {
    expect(evaluate(condition, having({ value })).until).toBe(until);
  });

  it('changes nothing before the moment that is told', () => {
    fc.assert(fc.property(conditions, contacts, instants, fc.double({ min: 0, max: 1, noNaN: true }), (condition, contact, now, part) => {
      const { result, until } = evaluate(condition, contact(now));
      const end = until === undefined ? millisecondsOf(at('2060-01-01T00:00:00.000Z')) : millisecondsOf(until);
      const begin = millisecondsOf(now);
      expect(end).toBeGreaterThan(begin);
      for (const later of [end - 1, begin + Math.floor((end - 1 - begin) * part)]) {
        expect(resultOf(condition, contact(instantOf(later)))).toBe(result);
      }
    }), { numRuns: 5000 });
  });
});

describe('a condition', () => {
  it('is refused where conditions stand in one another too deep', () => {
    const nested = (levels: number) => {
      let condition: unknown = { outcome: 'yes' };
      for (let level = 0; level < levels; level += 1) condition = { not: condition };
      return condition;
    };
    expect(Condition.safeParse(nested(6)).success).toBe(true);
    expect(Condition.safeParse(nested(7)).error?.issues.map(({ message }) => message))
      .toEqual(['conditions stand in one another 6 deep at most']);
    expect(Condition.safeParse(nested(50_000)).success).toBe(false);
  });

  it('is kept as it was written', () => {
    fc.assert(fc.property(conditions, (condition) => {
      expect(Condition.parse(condition)).toEqual(condition);
    }));
  });
});
