import type { Otherwise, WaitRule } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import { isMomentRule, momentOf, type WaitFacts } from './moment.ts';
import { nextOpening } from './opening.ts';
import { addDuration } from './span.ts';
import { zoneFor } from './zone.ts';

/** When a wait is over; or that its moment is past, or not to be told, and what the author wants then. */
export type Reckoning =
  | { readonly kind: 'at'; readonly due: Instant }
  | { readonly kind: 'past'; readonly then: Otherwise }
  | { readonly kind: 'missing'; readonly then: Otherwise };

/**
 * When a contact who comes to a wait at `now` goes on: after the span; in the window, which is `now` itself where it is
 * open; at the moment. Spans and windows are never past. A moment at `now` itself is not past either.
 */
export const dueOf = (rule: WaitRule, facts: WaitFacts): Reckoning => {
  if (rule.rule === 'duration') return { kind: 'at', due: addDuration(facts.now, rule.duration, facts.zone) };
  if (!isMomentRule(rule)) return { kind: 'at', due: nextOpening(rule, facts.now, zoneFor(rule, facts.zone)) };
  const moment = momentOf(rule, facts);
  if (moment === undefined) return { kind: 'missing', then: rule.rule === 'field' ? rule.ifMissing : rule.ifPast };
  return moment < facts.now ? { kind: 'past', then: rule.ifPast } : { kind: 'at', due: moment };
};
