import { changesBetween } from './changes.ts';
import type { Difference, Side } from './difference.ts';
import { differ } from './difference.ts';
import { named, written } from './words.ts';

/** The lines that differ, without those that both texts begin and end with. */
export const linesBetween = (before: string, after: string): { readonly gone: readonly string[]; readonly come: readonly string[] } => {
  const [were, are] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(were.length, are.length);
  let head = 0;
  while (head < shorter && were[head] === are[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && were.at(-1 - tail) === are.at(-1 - tail)) tail += 1;
  return { gone: were.slice(head, were.length - tail), come: are.slice(head, are.length - tail) };
};

const isLong = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

const wordsOf = (name: string, part: string, before: unknown, after: unknown): string => {
  if (before === undefined) return `${part} of ${named(name)} is new: ${written(after)}`;
  if (after === undefined) return `${part} of ${named(name)} is gone`;
  if (!isLong(before) || !isLong(after)) return `${part} of ${named(name)} is now ${written(after)}, not ${written(before)}`;
  const { gone, come } = linesBetween(before, after);
  return [`${part} of ${named(name)} reads otherwise:`, ...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)].join('\n');
};

/** What differs in the templates. */
export const textDifferences = (before: Side['templates'], after: Side['templates']): readonly Difference[] =>
  changesBetween(before, after).map((change) => {
    const [name = '', ...rest] = change.path;
    const path = ['templates', ...change.path];
    if (rest.length > 0) return differ('texts', path, wordsOf(name, rest.join('.'), change.before, change.after), change.before, change.after);
    const words = change.before === undefined ? `the template ${named(name)} is new` : `the template ${named(name)} is gone`;
    return differ('texts', path, words, change.before, change.after);
  });
