import * as z from 'zod';
import { durationOf } from '../duration.ts';
import type { StepOf, WaitRule } from '../plan.ts';
import { maySkip } from '../waits.ts';
import { identified, type Place, type Placed } from './common.ts';
import { type Anchor, defaultZone, Until } from './until.ts';

export const WaitUntilDocument = z.strictObject({
  ...identified,
  waitUntil: Until,
}).describe('Waits until a moment, or until a time of day on certain days.');

const zonesOf = ({ zone, fallbackZone }: { zone: string; fallbackZone?: string | undefined }) =>
  ({ zone, fallbackZone: fallbackZone ?? (zone === 'contact' ? defaultZone : zone) });

const nothing = { days: 0, hours: 0, minutes: 0 };

const relativeRule = (
  side: 'before' | 'after', anchor: Anchor, until: Extract<Until, { ifMissing: unknown }>,
): WaitRule => ({
  rule: 'field',
  from: 'field' in anchor ? { field: anchor.field } : { attribute: anchor.attribute },
  side,
  by: anchor.by === undefined ? nothing : durationOf(anchor.by),
  ...(until.time === undefined ? {} : { time: until.time }),
  ...zonesOf(until),
  ifPast: until.ifPast,
  ifMissing: until.ifMissing,
});

const ruleOf = (until: Until): WaitRule => {
  if ('at' in until) return { rule: 'instant', at: until.at, ifPast: until.ifPast };
  if ('date' in until) {
    return { rule: 'local', date: until.date, time: until.time, ...zonesOf(until), ifPast: until.ifPast };
  }
  if ('before' in until) return relativeRule('before', until.before, until);
  if ('after' in until) return relativeRule('after', until.after, until);
  return {
    rule: 'window',
    on: until.on ?? [],
    ...(until.days === undefined ? {} : { days: until.days }),
    from: until.between[0],
    to: until.between[1],
    ...zonesOf(until),
  };
};

export const explainWaitUntil = (
  { waitUntil }: z.infer<typeof WaitUntilDocument>, { id, path, following, second }: Place,
): Placed<StepOf<'wait'>> => {
  const until = ruleOf(waitUntil);
  return {
    path,
    names: [],
    step: { kind: 'wait', id, visits: 1, until, next: following, ...(maySkip(until) ? { skipTo: second } : {}) },
  };
};
