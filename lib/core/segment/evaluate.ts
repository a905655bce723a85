import { calendarZone } from '../contact/calendar.ts';
import { type Instant, instantOf, millisecondsOf } from '../time.ts';
import type { Condition } from './condition.ts';
import type { Facts } from './facts.ts';
import { judgeEngagement, judgeEvent } from './happened.ts';
import { judgeValue } from './value.ts';
import { allOf, anyOf, type Judged, notOf, yesOrNo } from './verdict.ts';

/** What a condition comes to, and the first later instant at which time alone may change that, where there is one. */
export type Verdict = { readonly result: Judged['result']; readonly until?: Instant };

/** The last instant that an {@link Instant} can tell. */
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

const judge = (condition: Condition, facts: Facts, now: number, zone: string): Judged => {
  const inner = (one: Condition): Judged => judge(one, facts, now, zone);
  if ('all' in condition) return allOf(condition.all.map(inner));
  if ('any' in condition) return anyOf(condition.any.map(inner));
  if ('not' in condition) return notOf(inner(condition.not));
  if ('outcome' in condition) return yesOrNo(facts.outcome === condition.outcome);
  if ('segment' in condition) return yesOrNo(facts.segments.has(condition.segment));
  if ('event' in condition) return judgeEvent(condition, facts, now, zone);
  if ('attribute' in condition) return judgeValue(condition, facts.attributes(condition.attribute), { now, zone });
  if (!('field' in condition)) return judgeEngagement(condition, facts, now, zone);
  const judged = judgeValue(condition, facts.read(condition.field), { now, zone });
  const changes = facts.changesAt(condition.field);
  return changes === undefined ? judged : { ...judged, until: Math.min(judged.until, millisecondsOf(changes)) };
};

/**
 * Judges a condition. `all` and `any` follow Kleene's logic: a part that is missing decides nothing, and where the other
 * parts do not decide either, the whole is missing. Dates are compared on the contact's calendar.
 */
export const evaluate = (condition: Condition, facts: Facts): Verdict => {
  const { result, until } = judge(condition, facts, millisecondsOf(facts.now), calendarZone(facts.zone));
  return until > lastInstant ? { result } : { result, until: instantOf(until) };
};
