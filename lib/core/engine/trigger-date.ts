import { Temporal } from 'temporal-polyfill';
import type { TriggerOf, WaitRuleOf } from '../journey/plan.ts';
import type { FieldReader } from '../segment/condition.ts';
import { momentOf as valueOf } from '../segment/moment.ts';
import { dayOfMoment } from '../segment/moment.ts';
import type { Instant } from '../time.ts';
import { instantOf, millisecondsOf } from '../time.ts';
import { momentOf, plainFacts } from '../window/moment.ts';
import { zoneFor } from '../window/zone.ts';

type DateTrigger = TriggerOf<'date'>;

export type DateFacts = { readonly zone: string | null; readonly read: FieldReader };

const ruleOf = ({ field, side, by, time, zone, fallbackZone }: DateTrigger): WaitRuleOf<'field'> =>
  ({ rule: 'field', from: { field }, side, by, time, zone, fallbackZone, ifPast: 'skip', ifMissing: 'skip' });

const momentFor = (trigger: DateTrigger, value: unknown, { zone }: DateFacts): Instant | undefined =>
  momentOf(ruleOf(trigger), { ...plainFacts(instantOf(0), zone), read: () => value });

/** The day of a year on which a date is kept. */
const anniversary = (date: Temporal.PlainDate, year: number, leapDay: 'february-28' | 'march-1'): Temporal.PlainDate => {
  const kept = date.with({ year }, { overflow: 'constrain' });
  return kept.day === date.day || leapDay === 'february-28' ? kept : kept.add({ days: 1 });
};

/** How many years the distance from the date may span. */
const reach = ({ by }: DateTrigger): number => Math.ceil((by.months ?? 0) / 12 + by.days / 365 + by.hours / 8760 + by.minutes / 525_600) + 1;

const yearly = (trigger: DateTrigger, leapDay: 'february-28' | 'march-1', facts: DateFacts, after: Instant): Instant | undefined => {
  const zone = zoneFor(trigger, facts.zone);
  const value = valueOf(facts.read(trigger.field));
  if (value === undefined) return undefined;
  const date = dayOfMoment(value, zone);
  const year = Temporal.Instant.from(after).toZonedDateTimeISO(zone).year;
  const span = reach(trigger);
  const first = Math.max(date.year, year - span);
  return Array.from({ length: 2 * span + 2 }, (_, index) => anniversary(date, first + index, leapDay).toString())
    .flatMap((day) => momentFor(trigger, day, facts) ?? [])
    .filter((moment) => moment > after)
    .sort()[0];
};

/**
 * The first moment after an instant at which the trigger enters the contact; undefined where there is none, because the
 * date is missing or past. A date that is kept yearly is kept from its own year on.
 */
export const nextDate = (trigger: DateTrigger, facts: DateFacts, after: Instant): Instant | undefined => {
  if (trigger.yearly !== undefined) return yearly(trigger, trigger.yearly.leapDay, facts, after);
  const moment = momentFor(trigger, facts.read(trigger.field), facts);
  return moment !== undefined && moment > after ? moment : undefined;
};

/** Whether the trigger still enters the contact at this very moment; the date may have changed since it was reckoned. */
export const isDate = (trigger: DateTrigger, facts: DateFacts, moment: Instant): boolean =>
  nextDate(trigger, facts, instantOf(millisecondsOf(moment) - 1)) === moment;
