import { Temporal } from 'temporal-polyfill';
import type { FieldReader } from '../segment/condition.ts';
import type { Facts } from '../segment/facts.ts';
import { type Instant, instantOf, millisecondsOf } from '../time.ts';
import { calendarZone, dayOf, dayStart } from './calendar.ts';
import type { ContactRecord, FieldName } from './record.ts';
import { derivedFieldTable, fieldTable } from './record.ts';

/**
 * Whole years on the local date, without a zone on that of Hawaii, the last state to change it; born on 29 February, a person turns a year older on 1 March of a common year.
 * Undefined for a birth date that is still to come.
 */
export const ageOn = (birthDate: string, zone: string | null, now: Instant): number | undefined => {
  const born = Temporal.PlainDate.from(birthDate);
  const today = dayOf(millisecondsOf(now), calendarZone(zone));
  const hadBirthday = today.month > born.month || (today.month === born.month && today.day >= born.day);
  const age = today.year - born.year - (hadBirthday ? 0 : 1);
  return age < 0 ? undefined : age;
};

/** The birthday of a year. */
const birthdayIn = (year: number, { month, day }: Temporal.PlainDate): Temporal.PlainDate => {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day > first.daysInMonth ? first.add({ months: 1 }) : first.with({ day });
};

/** When {@link ageOn} changes next, by the same rules. */
export const ageChangesAt = (birthDate: string, zone: string | null, now: Instant): Instant => {
  const calendar = calendarZone(zone);
  const born = Temporal.PlainDate.from(birthDate);
  const today = dayOf(millisecondsOf(now), calendar);
  const isAhead = (day: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(day, today) > 0;
  const thisYear = birthdayIn(today.year, born);
  const next = isAhead(thisYear) ? thisYear : birthdayIn(today.year + 1, born);
  return instantOf(dayStart(isAhead(born) ? born : next, calendar));
};

const isStored = (name: string): name is FieldName => Object.hasOwn(fieldTable, name);
const isDerived = (name: string): name is keyof typeof derivedFieldTable => Object.hasOwn(derivedFieldTable, name);

/** Every name that a condition or a template may read. */
export const isField = (name: string): boolean => isStored(name) || isDerived(name);

/**
 * Reads a contact's fields, and those that follow from them on the day of `now`. A name that is unknown, and a value
 * that is missing or an empty text, read as undefined.
 */
export const fieldReader = (record: ContactRecord, now: Instant): FieldReader => {
  const derived: { [Name in keyof typeof derivedFieldTable]: () => unknown } = {
    age: () => {
      const { birth_date, time_zone } = record.standing;
      return birth_date === null ? undefined : ageOn(birth_date, time_zone, now);
    },
  };
  return (name) => {
    if (isDerived(name)) return derived[name]();
    const value = isStored(name) ? record.fields[name] : undefined;
    return value === '' ? undefined : value;
  };
};

/** What conditions may know of a contact from its record, on the day of `now`. */
export const recordFacts = (record: ContactRecord, now: Instant): Pick<Facts, 'now' | 'zone' | 'read' | 'changesAt'> => {
  const { birth_date, time_zone } = record.standing;
  return {
    now,
    zone: time_zone,
    read: fieldReader(record, now),
    changesAt: (field) => (field === 'age' && birth_date !== null ? ageChangesAt(birth_date, time_zone, now) : undefined),
  };
};
