import type { Name } from '../../ids.ts';
import { exitsOf } from '../exits.ts';
import type { Plan, Step, StepOf } from '../plan.ts';
import type { Pair } from './align.ts';
import { align, renamed } from './align.ts';
import { changesBetween, isEntries, pairsBy, risingRun, same } from './changes.ts';
import type { Difference } from './difference.ts';
import { differ } from './difference.ts';
import { doing, listed, named, span, waiting, written } from './words.ts';

/** Where a step stands, for a sentence about it: behind the one step that leads to it, or at itself. */
const placeOf = (plan: Plan, { id }: Step): string => {
  const [before, ...more] = Object.values(plan.steps).filter((step) => exitsOf(step).includes(id) && step.id !== id);
  return before === undefined || more.length > 0 ? `at ${named(id)}` : `after ${named(before.id)}`;
};

type Told = { readonly step: Step; readonly before: unknown; readonly after: unknown; readonly plan: Plan };

const goesOn = (where: string) => ({ before, after }: Told): string =>
  `${where} people now go on to ${named(String(after))}, not to ${named(String(before))}`;

/** Sentences for changes of a key, by kind of step where they need it; a key without one is written out as it is. */
const sentences: Readonly<Record<string, (told: Told) => string>> = {
  next: (told) => goesOn(`after ${named(told.step.id)}`)(told),
  skipTo: (told) => goesOn(`where ${named(told.step.id)} skips a send`)(told),
  timeout: (told) => goesOn(`when nothing they wait for at ${named(told.step.id)} comes in time`)(told),
  otherwise: (told) => goesOn(`where no way of ${named(told.step.id)} fits`)(told),
  template: ({ step, before, after }) => `${named(step.id)} now sends ${named(String(after))}, not ${named(String(before))}`,
  segment: ({ step, before, after }) => `${named(step.id)} now adds people to ${named(String(after))}, not to ${named(String(before))}`,
  outcome: ({ step, before, after }) => `${named(step.id)} now ends the journey as ${named(String(after))}, not as ${named(String(before))}`,
  visits: ({ step, before, after }) => `people may now come to ${named(step.id)} ${written(after)} times at most, not ${written(before)}, before their run ends`,
  within: ({ step, before, after }) =>
    `people now wait at ${named(step.id)} for at most ${span((after as StepOf<'wait-for-event'>['within']))}, not ${span(before as StepOf<'wait-for-event'>['within'])}`,
  until: ({ step, before, after, plan }) =>
    `${placeOf(plan, step)} people now wait ${waiting(after as StepOf<'wait'>['until'])}, not ${waiting(before as StepOf<'wait'>['until'])} (${named(step.id)})`,
};

/** Written out: a key that is new, gone, or of which no sentence is known. */
const plainly = (id: Name, path: string, before: unknown, after: unknown): string => {
  if (before === undefined) return `at ${named(id)}, ${path} is new: ${written(after)}`;
  if (after === undefined) return `at ${named(id)}, ${path} is gone; it was ${written(before)}`;
  return `at ${named(id)}, ${path} is now ${written(after)}, not ${written(before)}`;
};

type Way = { readonly label: string } & Readonly<Record<string, unknown>>;

const areWays = (value: unknown): value is readonly Way[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isEntries(one) && typeof one['label'] === 'string')
  && new Set(value.map(({ label }: Way) => label)).size === value.length;

/** Changes of the ways out of a step, each known by its label. */
const wayDifferences = (id: Name, key: string, before: readonly Way[], after: readonly Way[]): readonly Difference[] => {
  const path = ['steps', id, key];
  const found = pairsBy(({ label }: Way) => label, before, after).flatMap(({ name, before: was, after: is }): readonly Difference[] => {
    if (was === undefined) return [differ('course', [...path, name], `${named(id)} has a new way, ${named(name)}: ${written({ ...is, label: undefined })}`, was, is)];
    if (is === undefined) return [differ('course', [...path, name], `${named(id)} no longer has the way ${named(name)}: ${written({ ...was, label: undefined })}`, was, is)];
    return changesBetween(was, is).map((change) => differ('course', [...path, name, ...change.path],
      change.path.join('.') === 'next' && typeof change.before === 'string' && typeof change.after === 'string'
        ? `on ${named(name)} at ${named(id)} people now go on to ${named(change.after)}, not to ${named(change.before)}`
        : plainly(id, `${change.path.join('.')} of ${named(name)}`, change.before, change.after), change.before, change.after));
  });
  const labels = (ways: readonly Way[], others: readonly Way[]) =>
    ways.map(({ label }) => label).filter((label) => others.some((other) => other.label === label));
  if (same(labels(before, after), labels(after, before))) return found;
  const words = `${named(id)} now tries ${listed(after.map(({ label }) => named(label)))} in this order`;
  return [...found, differ('course', path, words, before.map(({ label }) => label), after.map(({ label }) => label))];
};

const keyDifferences = (plan: Plan, key: string, before: Step, after: Step): readonly Difference[] => {
  const [was, is] = [before, after].map((step): unknown => (step as Readonly<Record<string, unknown>>)[key]);
  if (same(was, is)) return [];
  if (areWays(was) && areWays(is)) return wayDifferences(after.id, key, was, is);
  const sentence = was === undefined || is === undefined ? undefined : sentences[key];
  const words = sentence?.({ step: after, before: was, after: is, plan }) ?? plainly(after.id, key, was, is);
  return [differ('course', ['steps', after.id, key], words, was, is)];
};

const pairDifferences = (plan: Plan, before: Step, after: Step): readonly Difference[] => {
  if (before.kind !== after.kind) {
    return [differ('course', ['steps', after.id], `${named(after.id)} is another step now: it ${doing(after)}; before, it ${doing(before)}`, before, after)];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => keyDifferences(plan, key, before, after));
};

const comesFrom = (plan: Plan, id: Name): string => {
  const sources = Object.values(plan.steps).filter((step) => exitsOf(step).includes(id)).map((step) => named(step.id));
  return sources.length === 0 ? 'at the start' : `after ${listed(sources)}`;
};

/** Steps whose ids were counted anew, told in one line. */
const renames = (pairs: readonly Pair[]): readonly Difference[] => {
  const found = pairs.flatMap(({ before, after }) =>
    (before === undefined || after === undefined || before.id === after.id ? [] : [[before.id, after.id] as const]));
  if (found.length === 0) return [];
  const words = `steps without a name of their own are counted anew: ${listed(found.map(([was, is]) => `${named(was)} is ${named(is)} now`))}`;
  return [differ('course', ['steps'], words, found.map(([was]) => was), found.map(([, is]) => is))];
};

const moves = (pairs: readonly Pair[], plan: Plan, later: Plan): readonly Difference[] => {
  const order = Object.keys(plan.steps);
  const kept = pairs.flatMap(({ before, after }) => (before === undefined || after === undefined ? [] : [{ was: order.indexOf(before.id), id: after.id }]));
  const inOrder = risingRun(kept.map(({ was }) => was));
  const ids = Object.keys(later.steps);
  return kept.filter((_, at) => !inOrder.has(at)).map(({ was, id }) => {
    const [before, after] = [order[was - 1], ids[ids.indexOf(id) - 1]];
    return differ('course', ['steps', id], `${named(id)} now stands ${after === undefined ? 'first' : `behind ${named(after)}`} in the document`, before, after);
  });
};

/** What differs in the steps: those that are new, those that are gone, what changed within them, and their order. */
export const stepDifferences = (before: Plan, after: Plan): readonly Difference[] => {
  const pairs = align(Object.values(before.steps), Object.values(after.steps));
  const names = new Map(pairs.flatMap((pair) => (pair.before === undefined || pair.after === undefined ? [] : [[pair.before.id, pair.after.id] as const])));
  const start = names.get(before.start) ?? before.start;
  return [
    ...(start === after.start ? [] : [differ('course', ['start'], `people now start at ${named(after.start)}, not at ${named(start)}`, before.start, after.start)]),
    ...pairs.flatMap((pair): readonly Difference[] => {
      if (pair.after === undefined) {
        return pair.before === undefined ? [] : [differ('course', ['steps', pair.before.id], `${named(pair.before.id)} is gone: it ${doing(pair.before)}`, pair.before, undefined)];
      }
      if (pair.before === undefined) {
        const words = `${named(pair.after.id)} is new: it ${doing(pair.after)}, ${comesFrom(after, pair.after.id)}`;
        return [differ('course', ['steps', pair.after.id], words, undefined, pair.after)];
      }
      return pairDifferences(after, renamed(pair.before, names), pair.after);
    }),
    ...moves(pairs, before, after),
    ...renames(pairs),
  ];
};
