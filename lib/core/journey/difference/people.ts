import type { Plan, Reentry } from '../plan.ts';
import { same } from './changes.ts';
import type { Difference } from './difference.ts';
import { differ } from './difference.ts';
import { endDifferences } from './ends.ts';
import { triggerDifferences } from './triggers.ts';
import { named, written } from './words.ts';

type Of<K extends keyof Plan> = (before: Plan[K], after: Plan[K]) => readonly Difference[];

const sourceOf = ({ source }: NonNullable<Plan['enter']>): string => (source === undefined ? 'a source that is not named' : written(source));

const listDifferences: Of<'enter'> = (before, after) => {
  if (before === undefined) {
    return after === undefined ? [] : [differ('people', ['enter'],
      `members of ${named(after.segment)} may now be entered on request; the reason why their data may be used is ${written(after.because)}`, before, after)];
  }
  if (after === undefined) return [differ('people', ['enter'], `members of ${named(before.segment)} can no longer be entered on request`, before, after)];
  return [
    ...(before.segment === after.segment ? [] : [differ('people', ['enter', 'segment'], `members of ${named(after.segment)} now enter, not those of ${named(before.segment)}`, before.segment, after.segment)]),
    ...(before.because === after.because ? [] : [differ('consent', ['enter', 'because'],
      `the reason why their data may be used is now ${written(after.because)}, not ${written(before.because)}`, before.because, after.because)]),
    ...(before.source === after.source ? [] : [differ('people', ['enter', 'source'], `the data by which they enter now comes from ${sourceOf(after)}, not from ${sourceOf(before)}`, before.source, after.source)]),
  ];
};

/** What completes "people may enter". */
export const often = (reenter: Reentry): string => {
  if (reenter === 'never') return 'once';
  const { oncePer } = reenter;
  if (typeof oncePer === 'string') return `once a ${oncePer}`;
  return 'field' in oncePer ? `once for each value of their ${oncePer.field}` : `once for each ${oncePer.attribute} of the event that enters them`;
};

const reentryDifferences: Of<'reenter'> = (before, after) =>
  (same(before, after) ? [] : [differ('people', ['reenter'], `people may now enter ${often(after)}, not ${often(before)}`, before, after)]);

const holdoutDifferences: Of<'holdout'> = (before, after) => {
  if (same(before, after)) return [];
  const path = ['holdout'];
  if (before === undefined || after === undefined) {
    const words = after === undefined ? `nobody is held out any more; it was ${before?.share ?? 0} of 100 people`
      : `${after.share} of 100 people are now held out: they are measured and not sent to`;
    return [differ('people', path, words, before, after)];
  }
  return [
    ...(before.share === after.share ? []
      : [differ('people', [...path, 'share'], `${after.share} of 100 people are now held out, not ${before.share}`, before.share, after.share)]),
    ...(before.as === after.as ? []
      : [differ('people', [...path, 'as'], `the people held out are now those of ${named(after.as)}, not those of ${named(before.as)}`, before.as, after.as)]),
  ];
};

/** What differs in who enters, how often, what ends their run, and who is held out. */
export const peopleDifferences = (before: Plan, after: Plan): readonly Difference[] => [
  ...listDifferences(before.enter, after.enter),
  ...triggerDifferences(before.triggers ?? [], after.triggers ?? []),
  ...reentryDifferences(before.reenter, after.reenter),
  ...endDifferences(before.exits ?? [], after.exits ?? []),
  ...holdoutDifferences(before.holdout, after.holdout),
];
