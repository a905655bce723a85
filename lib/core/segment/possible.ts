import type { Condition } from './condition.ts';
import { allOf, always, anyOf, type Judged, notOf } from './verdict.ts';

type Result = Judged['result'];

const anything: readonly Result[] = ['yes', 'no', 'missing'];

const distinct = (results: readonly Result[]): readonly Result[] => [...new Set(results)];

/** What parts come to together, each of them free to come to any of its results. */
const together = (parts: readonly (readonly Result[])[], settle: typeof allOf): readonly Result[] =>
  parts.reduce((sofar, part) => distinct(sofar.flatMap((one) => part.map((other) => settle([always(one), always(other)]).result))));

/**
 * What a condition may come to for somebody who has no value under some attributes, whatever else is true of them. It may
 * give more than can be, and never less.
 */
export const possibleWithout = (condition: Condition, lacks: (attribute: string) => boolean): readonly Result[] => {
  const inner = (one: Condition): readonly Result[] => possibleWithout(one, lacks);
  if ('all' in condition) return together(condition.all.map(inner), allOf);
  if ('any' in condition) return together(condition.any.map(inner), anyOf);
  if ('not' in condition) return inner(condition.not).map((result) => notOf(always(result)).result);
  if (!('attribute' in condition) || !lacks(condition.attribute)) return anything;
  if ('exists' in condition) return [condition.exists ? 'no' : 'yes'];
  return ['missing'];
};
