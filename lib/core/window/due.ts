import { Temporal } from 'temporal-polyfill';
import type { Duration, WaitRule } from '../journey/plan.ts';
import { type Instant, instantOf, millisecondsOf } from '../time.ts';
import { firstInstantAt } from './local.ts';
import { nextOpening } from './opening.ts';
import { isZone } from './zone.ts';

/** For a contact without a zone a day is 24 hours. */
const zoneless = 'UTC';

/** Adds days on the calendar of `zone`, at the same time of day, then hours and minutes on the clock. */
export const addDuration = (now: Instant, span: Duration, zone: string | null): Instant => {
  const start = Temporal.Instant.fromEpochMilliseconds(millisecondsOf(now));
  const calendar = zone !== null && isZone(zone) ? zone : zoneless;
  const day = span.days === 0
    ? start
    : firstInstantAt(start.toZonedDateTimeISO(calendar).toPlainDateTime().add({ days: span.days }), calendar);
  return instantOf(day.add({ hours: span.hours, minutes: span.minutes }).epochMilliseconds);
};

/**
 * When a contact who came to a wait at `now` goes on: after the span, or in the window, which is `now` itself where it
 * is open. `contactZone` is the IANA name on the contact's record; null, or a name that the runtime does not know,
 * counts as no zone: a span is then reckoned in UTC and a window in the fallback zone of the rule.
 */
export const dueAfter = (rule: WaitRule, now: Instant, contactZone: string | null): Instant => {
  if (rule.rule === 'duration') return addDuration(now, rule.duration, contactZone);
  const known = contactZone !== null && isZone(contactZone) ? contactZone : rule.fallbackZone;
  return nextOpening(rule, now, rule.zone === 'contact' ? known : rule.zone);
};
