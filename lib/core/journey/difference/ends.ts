import type { Exit } from '../plan.ts';
import { asking } from './asking.ts';
import { pairsBy, same } from './changes.ts';
import type { Difference } from './difference.ts';
import { differ } from './difference.ts';
import { listed, named } from './words.ts';

/** What a goal and an exit are called, and how they come about. */
const kinds = { COMPLETED: ['goal', 'a goal', 'reached'], EXITED: ['exit', 'an exit', 'taken'] } as const;

/** What completes "it is reached". */
export const occasion = ({ event, when }: Pick<Exit, 'event' | 'when'>): string =>
  [...(event === undefined ? [] : [`when ${named(event)} comes`]), ...(when === undefined ? [] : [`as soon as ${asking(when)}`])].join(' or ') || 'by nothing';

const added = (is: Exit): Difference => {
  const [, one, comesAbout] = kinds[is.status];
  return differ('people', ['exits', is.label], `${one} was added: ${named(is.label)} is ${comesAbout} ${occasion(is)}`, undefined, is);
};

const gone = (was: Exit): Difference => {
  const [kind, , comesAbout] = kinds[was.status];
  return differ('people', ['exits', was.label], `the ${kind} ${named(was.label)} is gone: it was ${comesAbout} ${occasion(was)}`, was, undefined);
};

const changed = (was: Exit, is: Exit): readonly Difference[] => {
  if (same(was, is)) return [];
  const [kind, one, comesAbout] = kinds[is.status];
  const words = was.status === is.status
    ? `the ${kind} ${named(is.label)} is now ${comesAbout} ${occasion(is)}, not ${occasion(was)}`
    : `${named(is.label)} is now ${one}, not ${kinds[was.status][1]}: it is ${comesAbout} ${occasion(is)}`;
  return [differ('people', ['exits', is.label], words, was, is)];
};

/** What differs in the goals and exits, each known by its label. */
export const endDifferences = (before: readonly Exit[], after: readonly Exit[]): readonly Difference[] => {
  const found = pairsBy(({ label }: Exit) => label, before, after).flatMap(({ before: was, after: is }): readonly Difference[] => {
    if (was === undefined) return is === undefined ? [] : [added(is)];
    return is === undefined ? [gone(was)] : changed(was, is);
  });
  if (found.length > 0 || same(before, after)) return found;
  return [differ('people', ['exits'], `goals and exits are now asked in this order: ${listed(after.map(({ label }) => named(label)))}`, before, after)];
};
