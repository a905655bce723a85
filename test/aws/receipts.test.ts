import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { link } from '../../lib/core/audit/chain.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import { at, draft } from '../core/audit/receipts.ts';
import type { ReceiptEngine } from '../engines/receipts.ts';
import { startReceiptEngine } from '../engines/receipts.ts';

const day = '2026-11-02';

let engine: ReceiptEngine;
beforeAll(async () => {
  engine = await startReceiptEngine();
});
afterAll(() => engine.stop());

/** Appends pages of so many receipts, without claims. */
const append = async (store: ReceiptStore, sizes: readonly number[]): Promise<readonly Receipt[]> => {
  const chain: Receipt[] = [];
  for (const [page, size] of sizes.entries()) {
    const head = await store.head();
    const receipts = await link(head, Array.from({ length: size }, (_, index) => draft({ leg: chain.length + index })), at);
    await store.append(head, `page-${page}`, receipts);
    chain.push(...receipts);
  }
  return chain;
};

test('receipts are the same, hashes included, however they are cut into pages', async () => {
  const [one, many] = [(await engine.newChain()).store, (await engine.newChain()).store];
  await append(one, [12]);
  await append(many, [1, 2, 3, 1, 5]);
  expect(await many.ofDay(day, 1, 100)).toEqual(await one.ofDay(day, 1, 100));
});

test('a day is read from any position on, and as far as asked', async () => {
  const { store } = await engine.newChain();
  const chain = await append(store, [3, 1, 4, ...Array.from({ length: 20 }, () => 1)]);
  for (const [from, limit] of [[1, 2], [2, 100], [3, 3], [4, 1], [7, 14], [28, 1], [29, 5]] as const) {
    expect(await store.ofDay(day, from, limit)).toEqual(chain.slice(from - 1, from - 1 + limit));
  }
});

test('what stands behind a page that is gone is read all the same', async () => {
  const { store, table } = await engine.newChain();
  const chain = await append(store, [2, 2, 2]);
  await engine.remove(table, { pk: `day#${day}`, sk: '000000003' });
  expect(await store.ofDay(day, 1, 100)).toEqual([...chain.slice(0, 2), ...chain.slice(4)]);
  expect(await store.ofDay(day, 4, 100)).toEqual(chain.slice(4));
});

test('a page is appended once, and not where it was given up', async () => {
  const { store } = await engine.newChain();
  await append(store, [1]);
  const head = await store.head();
  const receipts = await link(head, [draft({ leg: 1 })], at);
  expect([await store.giveUp('page-0'), await store.giveUp('page-1'), await store.giveUp('page-1')]).toEqual([false, true, true]);
  expect([await store.append(head, 'page-0', receipts), await store.append(head, 'page-1', receipts)]).toEqual(['settled', 'settled']);
  expect([await store.isAppended('page-0'), await store.isAppended('page-1'), await store.head()]).toEqual([true, false, head]);
});

test('an append behind a head that moved on writes nothing', async () => {
  const { store } = await engine.newChain();
  const head = await store.head();
  const [first] = await append(store, [1]);
  expect(await store.append(head, 'late', await link(head, [draft({ leg: 1 })], at))).toBe('moved');
  expect([await store.isAppended('late'), await store.ofDay(day, 1, 100)]).toEqual([false, [first]]);
});

test('an outcome is claimed by one page, which may say so again', async () => {
  const { store } = await engine.newChain();
  expect([await store.claim(draft(), 'a'), await store.claim(draft(), 'a'), await store.claim(draft(), 'b')]).toEqual([undefined, undefined, 'a']);
  expect([await store.claim(draft(), 'b', 'a'), await store.claim(draft(), 'c', 'a'), await store.claim(draft(), 'a')]).toEqual([undefined, 'b', 'b']);
});

test('a row of an earlier edition is refused, not passed over', async () => {
  const { store, table } = await engine.newChain();
  const { leg: _, ...rest } = draft();
  await engine.db.send(new PutCommand({ TableName: table, Item: { pk: `day#${day}`, sk: '000000001', ...rest } }));
  await engine.db.send(new PutCommand({ TableName: table, Item: { pk: 'send#e_00000000000000000000000001.invite.0', sk: 'SENT', day, position: 1 } }));
  await expect(store.ofDay(day, 1, 100)).rejects.toThrow('receipt.unreadable');
  await expect(store.claim(draft(), 'a')).rejects.toThrow();
});
