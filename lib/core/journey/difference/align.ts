import type { Name } from '../../ids.ts';
import type { Step } from '../plan.ts';

type Steps = readonly Step[];

/** A step of one version and the same step of the other, where there is one. */
export type Pair = { readonly before: Step | undefined; readonly after: Step | undefined };

/** Whether an id was made from kind and position, for a step to which its author gave none. */
const isCounted = ({ id, kind }: Step): boolean => id.startsWith(`${kind}-`) && /^\d+$/u.test(id.slice(kind.length + 1));

/** What is left of a step without its name and the names that it leads to, which may be counted as well. */
const content = (step: Step): string =>
  JSON.stringify(Object.entries(step).filter(([key]) => !['id', 'next', 'skipTo', 'timeout', 'otherwise'].includes(key)));

/** Steps with counted ids by the named step before them that both versions have; those at the beginning by none. */
const groups = (steps: Steps, shared: ReadonlySet<Name>): ReadonlyMap<Name | undefined, Steps> => {
  const found = new Map<Name | undefined, Step[]>();
  let anchor: Name | undefined;
  for (const step of steps) {
    if (shared.has(step.id)) anchor = step.id;
    else if (isCounted(step)) found.set(anchor, [...found.get(anchor) ?? [], step]);
  }
  return found;
};

/** Pairs what fits, in order: first what is alike, then what is of one kind. */
const pairUp = (were: Steps, are: Steps): readonly (readonly [Step, Step])[] => {
  const partners = new Map<Step, Step>();
  const taken = new Set<Step>();
  for (const trait of [content, ({ kind }: Step): string => kind]) {
    const free = were.filter((step) => !partners.has(step)).map((step) => [step, trait(step)] as const);
    for (const is of are.filter((step) => !taken.has(step))) {
      const was = free.find(([step, of]) => !partners.has(step) && of === trait(is))?.[0];
      if (was === undefined) continue;
      partners.set(was, is);
      taken.add(is);
    }
  }
  return [...partners];
};

/**
 * Which step of one version is which of the other: by id where an author gave one; others, whose ids are counted and
 * move on with each step put in above, by kind and content between the same named steps. In the order of the later
 * version, then those that are gone.
 */
export const align = (were: Steps, are: Steps): readonly Pair[] => {
  const ids = new Set(are.map(({ id }) => id));
  const shared = new Set(were.filter((step) => ids.has(step.id) && !isCounted(step)).map(({ id }) => id));
  const before = groups(were, shared);
  const counted = [...groups(are, shared)].flatMap(([anchor, steps]) => pairUp(before.get(anchor) ?? [], steps));
  const byId = new Map(were.map((step) => [step.id, step]));
  const byPartner = new Map(counted.map(([was, is]) => [is, was]));
  const partnerOf = (step: Step): Step | undefined => (shared.has(step.id) ? byId.get(step.id) : byPartner.get(step));
  const pairs = are.map((after) => ({ before: partnerOf(after), after }));
  const taken = new Set(pairs.flatMap(({ before }) => before ?? []));
  return [...pairs, ...were.filter((step) => !taken.has(step)).map((step) => ({ before: step, after: undefined }))];
};

const leading: ReadonlySet<string> = new Set(['id', 'next', 'timeout', 'otherwise', 'missing', 'of']);

/** A step with the names of steps that it holds put into other ones. */
export const renamed = (step: Step, names: ReadonlyMap<string, string>): Step => {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return leading.has(key) ? names.get(value) ?? value : value;
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, walk(one, inner)]));
  };
  return walk(step, '') as Step;
};
