import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, headOf, link, origin } from '../../../lib/core/audit/chain.ts';
import { verifyChain } from '../../../lib/core/audit/verify.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { at, chainOf, draft } from './receipts.ts';

const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });

/** A chain and places in it; `head` is where it truly ends. */
const scene = async (days: readonly number[], picks: readonly number[]) => {
  const chain = await chainOf(days);
  const last = chain.at(-1);
  return { chain, head: last === undefined ? origin : headOf(last), places: picks.map((pick) => pick % chain.length) };
};

test('a chain as it was written is whole, and ends at its head', () => fc.assert(fc.asyncProperty(counts, async (days) => {
  const { chain, head } = await scene(days, []);
  expect(await verifyChain(chain, origin, head)).toEqual({ whole: true, count: chain.length, end: head });
})));

test('a chain is whole in parts, each after the end of the one before', () => fc.assert(fc.asyncProperty(counts, fc.nat(), async (days, pick) => {
  const { chain, head, places: [cut = 0] } = await scene(days, [pick]);
  const first = await verifyChain(chain.slice(0, cut), origin);
  expect(await verifyChain(chain.slice(cut), first.whole ? first.end : origin, head)).toMatchObject({ whole: true, end: head });
})));

const anotherValue = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return [...value, 'x'];
  return { ...(value as object), x: 'x' };
};

test('any value of any receipt that is changed is found where it stands', () => fc.assert(fc.asyncProperty(counts, fc.nat(), fc.nat(), async (days, pick, key) => {
  const { chain, head, places: [index = 0] } = await scene(days, [pick]);
  const changed = chain.map((receipt, place): Record<string, unknown> => {
    if (place !== index) return receipt;
    const names = Object.keys(receipt);
    const name = names[key % names.length] ?? 'reason';
    return { ...receipt, [name]: anotherValue(receipt[name as keyof typeof receipt]) };
  });
  expect(await verifyChain(changed, origin, head)).toMatchObject({ whole: false, fault: { kind: 'changed', index } });
})));

test('a value that is added or taken away is found where it stands', () => fc.assert(fc.asyncProperty(counts, fc.nat(), fc.boolean(), async (days, pick, added) => {
  const { chain, head, places: [index = 0] } = await scene(days, [pick]);
  const changed = chain.map((receipt, place) => {
    const { messageId: _, ...without } = receipt;
    return place !== index ? receipt : added ? { ...receipt, note: '' } : without;
  });
  expect(await verifyChain(changed, origin, head)).toMatchObject({ whole: false, fault: { kind: 'changed', index } });
})));

test('a receipt that is changed and given a hash that fits is found by the hash that the next one names', () => fc.assert(fc.asyncProperty(counts, fc.nat(), async (days, pick) => {
  const { chain, head, places: [index = 0] } = await scene(days, [pick]);
  const forged = await Promise.all(chain.map(async (receipt, place) => {
    const other = { ...receipt, reason: 'PERMIT_TREATMENT' };
    return place === index ? { ...other, hash: await hashOf(other) } : receipt;
  }));
  expect(await verifyChain(forged, origin, head)).toMatchObject({ whole: false });
})));

test('a chain that is written anew from a place on is found by its head', () => fc.assert(fc.asyncProperty(counts, fc.nat(), async (days, pick) => {
  const { chain, head, places: [index = 0] } = await scene(days, [pick]);
  const before = chain[index - 1];
  const rewritten = await link(before ?? origin, chain.slice(index).map((_, leg) => draft({ leg, reason: 'PERMIT_TREATMENT' })), at);
  expect(await verifyChain([...chain.slice(0, index), ...rewritten], origin, head)).toMatchObject({ whole: false });
})));

test('a receipt that is taken away is named', () => fc.assert(fc.asyncProperty(counts, fc.nat(), async (days, pick) => {
  const { chain, head, places: [index = 0] } = await scene(days, [pick]);
  const verdict = await verifyChain(chain.toSpliced(index, 1), origin, head);
  expect(verdict).toMatchObject({ whole: false, fault: { kind: 'missing', index } });
})));

test('a receipt that is taken from the middle of a day is named by its place', async () => {
  const { chain, head } = await scene([3, 4], []);
  expect(await verifyChain(chain.toSpliced(4, 1), origin, head))
    .toMatchObject({ fault: { kind: 'missing', day: '2026-11-03', position: 2 } });
});

test('a day that is taken away is found', async () => {
  const { chain, head } = await scene([2, 2, 2], []);
  expect(await verifyChain(chain.toSpliced(2, 2), origin, head)).toMatchObject({ whole: false, fault: { kind: 'missing', index: 2 } });
});

test('a receipt that stands twice is found', () => fc.assert(fc.asyncProperty(counts, fc.nat(), fc.nat(), async (days, pick, to) => {
  const { chain, head, places: [index = 0, place = 0] } = await scene(days, [pick, to]);
  const again = chain.slice(index, index + 1);
  const verdict = await verifyChain(chain.toSpliced(place, 0, ...again), origin, head);
  expect(verdict).toMatchObject({ whole: false, fault: { kind: place <= index - 1 ? 'reordered' : 'repeated' } });
})));

test('two receipts that changed places are found at the first of them', () => fc.assert(fc.asyncProperty(counts, fc.nat(), fc.nat(), async (days, pick, other) => {
  const { chain, head, places: [one = 0, two = 0] } = await scene(days, [pick, other]);
  fc.pre(one !== two);
  const swapped = chain.map((receipt, index) => chain[index === one ? two : index === two ? one : index] ?? receipt);
  expect(await verifyChain(swapped, origin, head)).toMatchObject({ whole: false, fault: { kind: 'reordered', index: Math.min(one, two) } });
})));

test('anything that is no receipt is taken for a changed one', () => fc.assert(fc.asyncProperty(fc.anything(), async (value) => {
  expect(await verifyChain([value], origin)).toMatchObject({ whole: false, fault: { kind: 'changed', index: 0 } });
})));

test('a writer whose clock lags behind writes into the open day', async () => {
  const head = { day: '2026-11-03', position: 0, hash: origin.hash };
  const [receipt] = await link(head, [draft()], '2026-11-02T23:59:59.000Z' as Instant);
  expect(receipt).toMatchObject({ day: '2026-11-03', position: 1, writtenAt: '2026-11-03T00:00:00.000Z' });
});

test('the first receipt of a day names the last one of the day before', async () => {
  const chain = await chainOf([2, 1]);
  expect(chain[2]?.previous).toBe(chain[1]?.hash);
});
