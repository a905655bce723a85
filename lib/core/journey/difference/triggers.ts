import type { Trigger } from '../plan.ts';
import { same } from './changes.ts';
import type { Difference } from './difference.ts';
import { differ } from './difference.ts';
import { entering } from './entering.ts';
import { listed, written } from './words.ts';

type Ways = readonly Trigger[];

/** What a trigger does, without where its data comes from and why. */
const deed = ({ source: _, because: __, ...what }: Trigger): string => JSON.stringify(what);

/** Triggers of both versions that belong together: first those that do the same, then those of one kind. */
const pairUp = (were: Ways, are: Ways): ReadonlyMap<Trigger, Trigger> => {
  const partners = new Map<Trigger, Trigger>();
  for (const trait of [deed, ({ kind }: Trigger): string => kind]) {
    for (const is of are.filter((one) => !partners.has(one))) {
      const was = were.find((one) => ![...partners.values()].includes(one) && trait(one) === trait(is));
      if (was !== undefined) partners.set(is, was);
    }
  }
  return partners;
};

const wayDifferences = (path: readonly string[], was: Trigger, is: Trigger): readonly Difference[] => [
  ...(deed(was) === deed(is) ? [] : [differ('people', path, `people now enter ${entering(is)}, not ${entering(was)}`, was, is)]),
  ...(was.source === is.source ? [] : [differ('people', [...path, 'source'],
    `the data by which people enter ${entering(is)} now comes from ${written(is.source)}, not from ${written(was.source)}`, was.source, is.source)]),
  ...(was.because === is.because ? [] : [differ('consent', [...path, 'because'],
    `the reason why the data may be used by which people enter ${entering(is)} is now ${written(is.because)}, not ${written(was.because)}`, was.because, is.because)]),
];

/** What differs in the triggers: ways in that are new, gone, or others, where their data comes from, and why it may be used. */
export const triggerDifferences = (before: Ways, after: Ways): readonly Difference[] => {
  const partners = pairUp(before, after);
  const kept = [...partners.values()];
  const found = [
    ...after.flatMap((is, at): readonly Difference[] => {
      const was = partners.get(is);
      if (was !== undefined) return wayDifferences(['triggers', String(at)], was, is);
      const words = `people now also enter ${entering(is)}; the data comes from ${written(is.source)} and may be used because of ${written(is.because)}`;
      return [differ('people', ['triggers', String(at)], words, undefined, is)];
    }),
    ...before.flatMap((was, at) => (kept.includes(was) ? []
      : [differ('people', ['triggers', String(at)], `people no longer enter ${entering(was)}`, was, undefined)])),
  ];
  if (found.length > 0 || same(before, after)) return found;
  return [differ('people', ['triggers'], `the ways in now stand in this order: people enter ${listed(after.map(entering))}`, before, after)];
};
