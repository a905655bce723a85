import { expect, test } from 'vitest';
import { link, origin } from '../../../lib/core/audit/chain.ts';
import { explain } from '../../../lib/core/audit/explain.ts';
import { tellWhy } from '../../../lib/core/audit/tell.ts';
import { basisWords, reasonWords } from '../../../lib/core/audit/words.ts';
import { denials, permits } from '../../../lib/core/consent/codes.ts';
import { at, draft } from './receipts.ts';

const explained = async (...drafts: Parameters<typeof link>[1]) => explain(await link(origin, drafts, at));

const told = async (...drafts: Parameters<typeof link>[1]): Promise<string> => {
  const explanation = await explained(...drafts);
  return explanation === undefined ? '' : tellWhy(explanation);
};

test('a send without receipts is not explained', () => {
  expect(explain([])).toBeUndefined();
});

test('a permit is explained by its basis and the records it relied on', async () => {
  expect(await explained(draft())).toMatchObject({
    sent: true,
    reason: { code: 'PERMIT_AUTHORIZED', cite: '45 CFR 164.508(a)(3), (c)' },
    basis: [{ code: 'HIPAA_AUTHORIZATION', words: 'a signed authorization' }],
    relied: [{ id: 'auth-1', evidenceHash: 'cc' }],
  });
});

test('a denial is explained by its rule and the citation of the consent table', async () => {
  expect(await explained(draft({ outcome: 'REFUSED', decision: 'deny', reason: 'AUTH_MISSING', basis: [], evidence: [] })))
    .toMatchObject({ sent: false, reason: { code: 'AUTH_MISSING', cite: '45 CFR 164.508(a)(3)(i)' } });
});

test('every denial of the table is explained with a citation', async () => {
  const cites = await Promise.all(denials.map(async (reason) =>
    (await explained(draft({ outcome: 'REFUSED', decision: 'deny', reason, basis: [] })))?.reason.cite));
  expect(cites.filter((cite) => cite === undefined || cite.startsWith('none'))).toEqual([]);
});

test('mail that nobody confirmed and that was delivered had been sent', async () => {
  expect(await explained(draft({ outcome: 'DELIVERED' }), draft({ outcome: 'UNKNOWN' }))).toMatchObject({ sent: true });
});

test('mail that nobody can tell of is not called sent', async () => {
  expect(await explained(draft({ outcome: 'UNKNOWN' }))).toMatchObject({ sent: null });
});

test('a decision of another edition of the rules says so', async () => {
  expect(await told(draft())).toMatch(/another edition of the rules/u);
});

test('a reason of an edition to come is told by its code', async () => {
  expect(await explained(draft({ reason: 'SOMETHING_NEW' }))).toMatchObject({ reason: { code: 'SOMETHING_NEW' } });
});

test('no two reasons have the same words', () => {
  const words = [...denials, ...permits].map((code) => reasonWords[code]);
  expect(new Set(words).size).toBe(words.length);
});

test('every basis has words of its own', () => {
  const words = Object.values(basisWords).map((basis) => basis.words);
  expect(new Set(words).size).toBe(words.length);
});
