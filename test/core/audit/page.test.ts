import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageCharacters, pagesOf } from '../../../lib/core/audit/page.ts';
import { canonical } from '../../../lib/core/consent/digest.ts';
import { draft } from './receipts.ts';

const drafts = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 600 })
  .map((sizes) => sizes.map((size, leg) => draft({ leg, evidence: ['e'.repeat(size)] })));

test('pages hold all drafts in order, none of them empty', () => fc.assert(fc.property(drafts, (all) => {
  const pages = pagesOf(all);
  expect(pages.flat()).toEqual(all);
  expect(pages.every(({ length }) => length > 0)).toBe(true);
}), { numRuns: 20 }));

test('a page holds no more than its characters', () => fc.assert(fc.property(drafts, (all) => {
  const sizes = pagesOf(all).map((page) => page.reduce((sum, one) => sum + canonical(one).length, 0));
  expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(pageCharacters);
}), { numRuns: 20 }));

test('a draft that is longer than a page has one of its own', () => {
  const long = draft({ evidence: ['e'.repeat(pageCharacters)] });
  expect(pagesOf([draft(), long, draft()]).map(({ length }) => length)).toEqual([1, 1, 1]);
});
