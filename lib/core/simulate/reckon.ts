import type { WaitRule } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import type { Reckoning } from '../window/due.ts';
import { dueOf } from '../window/due.ts';
import type { WaitFacts } from '../window/moment.ts';

/** What was reckoned of a rule, by instant and zone. A cohort that walks in step asks the same again and again. */
const known = new WeakMap<WaitRule, Map<string, Reckoning>>();

/** A cohort that does not walk in step would keep an answer for each contact. */
const most = 10_000;

const answersOf = (rule: WaitRule): Map<string, Reckoning> => {
  const found = known.get(rule);
  if (found !== undefined && found.size < most) return found;
  const fresh = new Map<string, Reckoning>();
  known.set(rule, fresh);
  return fresh;
};

/** {@link dueOf}, remembered where the rule reads no value of the contact but the zone. */
export const reckon = (rule: WaitRule, facts: WaitFacts): Reckoning => {
  if (rule.rule === 'field') return dueOf(rule, facts);
  const answers = answersOf(rule);
  const key: `${Instant} ${string}` = `${facts.now} ${facts.zone ?? ''}`;
  const found = answers.get(key) ?? dueOf(rule, facts);
  answers.set(key, found);
  return found;
};
