import { Temporal } from 'temporal-polyfill';
import type { WaitRule, WaitRuleOf } from '../journey/plan.ts';
import type { FieldReader } from '../segment/condition.ts';
import { type Instant, instantOf } from '../time.ts';
import { firstInstantAt } from './local.ts';
import { shift, shiftLocal } from './span.ts';
import { zoneFor } from './zone.ts';

/** What the end of a wait is reckoned from. A wait that reads no value needs no reader that knows one. */
export type WaitFacts = {
  readonly now: Instant;
  /** The IANA name on the contact's record, or null. */
  readonly zone: string | null;
  /** The contact's fields. */
  readonly read: FieldReader;
  /** The attributes of the event that the run began with. */
  readonly attributes: FieldReader;
};

/** The facts of a wait that reads neither field nor attribute. */
export const plainFacts = (now: Instant, zone: string | null): WaitFacts =>
  ({ now, zone, read: () => undefined, attributes: () => undefined });

/** A rule that names one moment, which may be past. */
export type MomentRule = WaitRuleOf<'instant' | 'local' | 'field'>;

export const isMomentRule = (rule: WaitRule): rule is MomentRule => rule.rule !== 'duration' && rule.rule !== 'window';

/** The last instant that sorts as text; a record may say `9999-12-31` for "never". */
const latest = 253_402_300_799_999;

const midnight = '00:00';

const orUndefined = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

type Value = Temporal.PlainDate | Temporal.Instant;

/** A date, `2026-12-01`, or an instant with its offset; undefined for anything else. */
const valueOf = (value: unknown): Value | undefined => {
  if (typeof value !== 'string') return undefined;
  return orUndefined(() => (/^\d{4}-\d\d-\d\d$/u.test(value) ? Temporal.PlainDate.from(value) : Temporal.Instant.from(value)));
};

const fieldMoment = (rule: WaitRuleOf<'field'>, facts: WaitFacts): Temporal.Instant | undefined => {
  const value = valueOf('field' in rule.from ? facts.read(rule.from.field) : facts.attributes(rule.from.attribute));
  if (value === undefined) return undefined;
  const zone = zoneFor(rule, facts.zone);
  if (value instanceof Temporal.Instant && rule.time === undefined) return shift(value, rule.side, rule.by, zone);
  const day = value instanceof Temporal.Instant ? value.toZonedDateTimeISO(zone).toPlainDate() : value;
  return shiftLocal(day.toPlainDateTime(rule.time ?? midnight), rule.side, rule.by, zone);
};

const localMoment = (rule: WaitRuleOf<'local'>, facts: WaitFacts): Temporal.Instant =>
  firstInstantAt(Temporal.PlainDateTime.from(`${rule.date}T${rule.time}`), zoneFor(rule, facts.zone));

/**
 * The moment that a rule names, whether past or not; undefined where the field or attribute is missing or holds neither
 * date nor instant. A time of day that the clock skips is the first instant after the gap, one that it shows twice the
 * first of the two.
 */
export const momentOf = (rule: MomentRule, facts: WaitFacts): Instant | undefined => {
  if (rule.rule === 'instant') return rule.at;
  const moment = rule.rule === 'local' ? localMoment(rule, facts) : fieldMoment(rule, facts);
  return moment === undefined ? undefined : instantOf(Math.min(moment.epochMilliseconds, latest));
};
