import { expect } from 'vitest';
import { compareVersions } from '../../../lib/core/journey/difference/compare.ts';
import { Plan } from '../../../lib/core/journey/plan.ts';

type Place = readonly (string | number)[];

const placesIn = (value: unknown, at: Place = []): readonly Place[] =>
  (typeof value !== 'object' || value === null ? [at]
    : [...(at.length === 0 ? [] : [at]), ...(Array.isArray(value) ? value.map((inner, key) => [inner, key] as const) : Object.entries(value).map(([key, inner]) => [inner, key] as const))
      .flatMap(([inner, key]) => placesIn(inner, [...at, key]))]);

/** Puts another value at a place, or takes away what stands there. */
const changed = (value: unknown, [key, ...rest]: Place, to: unknown): unknown => {
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.flatMap((inner, at) => (at !== key ? [inner] : rest.length === 0 && to === undefined ? [] : [changed(inner, rest, to)]));
  return Object.fromEntries(Object.entries(value as object)
    .flatMap(([name, inner]) => (name !== key ? [[name, inner]] : rest.length === 0 && to === undefined ? [] : [[name, changed(inner, rest, to)]])));
};

/** What may stand somewhere in a plan. */
const values = [
  undefined, null, 7, 'elsewhere', 'marketing', 'portal.logout', '10:30', 'UTC', 'monday', 'new@northside.example', [], ['diagnosis'], ['friday'],
  { days: 9, hours: 0, minutes: 0 }, { outcome: 'mauve' }, { field: 'age', atMost: 4 }, { rule: 'duration', duration: { days: 9, hours: 0, minutes: 0 } },
] as const;

/** Every plan that differs from another in one place. */
export const neighboursOf = (plan: Plan): readonly { readonly place: Place; readonly after: Plan }[] => {
  const itself = JSON.stringify(Plan.parse(plan));
  return placesIn(plan).flatMap((place) => values.flatMap((to) => {
    const parsed = Plan.safeParse(changed(plan, place, to));
    return parsed.success && JSON.stringify(parsed.data) !== itself ? [{ place, after: parsed.data }] : [];
  }));
};

/** Each change of a plan in one place is told, by the root of its path and in words. */
export const expectTold = (plan: Plan): void => {
  for (const { place, after } of neighboursOf(plan)) {
    const found = compareVersions({ plan, templates: {} }, { plan: after, templates: {} });
    expect(found.some(({ path }) => path.split('.')[0] === place[0]), `${place.join('.')} is told`).toBe(true);
    expect(found.every((one) => one.words !== '')).toBe(true);
  }
};

