import { canonical } from '../consent/digest.ts';
import type { Draft } from './receipt.ts';

/**
 * Characters of the drafts in a page, together: some 190 receipts. A row holds 400 KB, so a page fits however badly it
 * packs.
 */
export const pageCharacters = 200_000;

/** Cuts drafts into pages, in order. One that is longer than a page has one of its own. */
export const pagesOf = (drafts: readonly Draft[]): readonly (readonly Draft[])[] => {
  const pages: Draft[][] = [];
  let left = 0;
  for (const draft of drafts) {
    const { length } = canonical(draft);
    if (length > left) {
      pages.push([]);
      left = pageCharacters;
    }
    left -= length;
    pages.at(-1)?.push(draft);
  }
  return pages;
};
