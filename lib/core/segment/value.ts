import { Temporal } from 'temporal-polyfill';
import { durationOf } from '../journey/duration.ts';
import type { ValueTest } from './condition.ts';
import { beginningOf, dayOfMoment, earlierBy, endOf, laterBy, momentOf } from './moment.ts';
import { always, during, type Judged, yesOrNo } from './verdict.ts';

/** When and on which calendar a value is tested. */
export type Day = { readonly now: number; readonly zone: string };

type DateTest = Extract<ValueTest, { inLast: string } | { inNext: string } | { olderThan: string } | { before: string } | { after: string }>;

const isDateTest = (test: ValueTest): test is DateTest =>
  'inLast' in test || 'inNext' in test || 'olderThan' in test || 'before' in test || 'after' in test;

const judgeDate = (test: DateTest, value: unknown, { now, zone }: Day): Judged => {
  const moment = momentOf(value);
  if (moment === undefined) return always('no');
  if ('inLast' in test) return during(now, beginningOf(moment, zone), laterBy(moment, durationOf(test.inLast), zone));
  if ('inNext' in test) return during(now, earlierBy(moment, durationOf(test.inNext), zone), endOf(moment, zone));
  if ('olderThan' in test) return during(now, laterBy(moment, durationOf(test.olderThan), zone), Infinity);
  const order = (day: string) => Temporal.PlainDate.compare(dayOfMoment(moment, zone), Temporal.PlainDate.from(day));
  return yesOrNo('before' in test ? order(test.before) < 0 : order(test.after) > 0);
};

/** Tests a value. One of another type than the test wants is known, and does not fit. */
export const judgeValue = (test: ValueTest, value: unknown, day: Day): Judged => {
  if ('exists' in test) return yesOrNo((value !== undefined) === test.exists);
  if (value === undefined) return always('missing');
  if (isDateTest(test)) return judgeDate(test, value, day);
  if ('equals' in test) return yesOrNo(value === test.equals);
  if ('oneOf' in test) return yesOrNo(test.oneOf.some((candidate) => candidate === value));
  if ('atLeast' in test) return yesOrNo(typeof value === 'number' && value >= test.atLeast);
  if ('atMost' in test) return yesOrNo(typeof value === 'number' && value <= test.atMost);
  if (!Array.isArray(value)) return always('no');
  if ('includesAny' in test) return yesOrNo(test.includesAny.some((candidate) => value.includes(candidate)));
  return yesOrNo(value.includes(test.includes));
};
