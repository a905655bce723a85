import { Temporal } from 'temporal-polyfill';
import { calendarZone } from '../contact/calendar.ts';
import type { Reentry } from '../journey/plan.ts';
import type { FieldReader } from '../segment/condition.ts';
import type { Instant } from '../time.ts';

/** What the key of an entry is made of. */
export type KeyFacts = {
  /** When that which enters the contact happened; never when it was looked at, so that a repetition has the same key. */
  readonly at: Instant;
  readonly zone: string | null;
  readonly read: FieldReader;
  /** Attributes of the event that enters the contact. */
  readonly attributes: FieldReader;
};

const monthOf = ({ at, zone }: KeyFacts): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(calendarZone(zone)).toPlainDate().toPlainYearMonth().toString();

const valued = (name: string, value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${name}:${JSON.stringify(value)}` : undefined);

/**
 * The key of an entry: two entries of one key are the same entry. Years and months are those of the contact's calendar.
 * Undefined where the value that makes the key is missing; then nobody enters.
 */
export const reentryKey = (reentry: Reentry, facts: KeyFacts): string | undefined => {
  if (reentry === 'never') return 'once';
  const { oncePer } = reentry;
  if (oncePer === 'year') return `year:${monthOf(facts).slice(0, -3)}`;
  if (oncePer === 'month') return `month:${monthOf(facts)}`;
  return 'field' in oncePer
    ? valued(oncePer.field, facts.read(oncePer.field))
    : valued(oncePer.attribute, facts.attributes(oncePer.attribute));
};
