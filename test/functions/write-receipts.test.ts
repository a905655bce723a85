import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeReceipts } from '../../functions/write-receipts/handler.ts';
import { origin } from '../../lib/core/audit/chain.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import { verifyChain } from '../../lib/core/audit/verify.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { at, record } from '../core/audit/receipts.ts';
import type { ReceiptEngine } from '../engines/receipts.ts';
import { startReceiptEngine } from '../engines/receipts.ts';

let engine: ReceiptEngine;
beforeAll(async () => {
  engine = await startReceiptEngine();
});
afterAll(() => engine.stop());

const sends = (count: number, from = 0): readonly { before: undefined; after: SendRecord }[] =>
  Array.from({ length: count }, (_, index) => ({ before: undefined, after: record({ leg: from + index }) }));

const writerOf = (receipts: ReceiptStore) => writeReceipts({ receipts, newPage: randomUUID, clock: { now: () => at } });

const kept = (store: ReceiptStore): Promise<readonly Receipt[]> => store.ofDay('2026-11-02', 1, 10_000);

const legs = async (store: ReceiptStore): Promise<readonly number[]> => (await kept(store)).map(({ leg }) => leg);

test('a batch of several pages is appended in its order', async () => {
  const { store } = await engine.newChain();
  await writerOf(store)(sends(500));
  expect(await legs(store)).toEqual(Array.from({ length: 500 }, (_, leg) => leg));
});

test('a batch that comes again adds nothing', async () => {
  const { store } = await engine.newChain();
  await writerOf(store)(sends(60));
  await writerOf(store)(sends(60));
  expect(await legs(store)).toHaveLength(60);
});

test('a batch that comes again with more in it adds what is new', async () => {
  const { store } = await engine.newChain();
  await writerOf(store)(sends(30));
  await writerOf(store)(sends(60));
  expect(await legs(store)).toEqual(Array.from({ length: 60 }, (_, leg) => leg));
});

test('a batch whose writer died before the append is taken over', async () => {
  const { store } = await engine.newChain();
  const dying = { ...store, append: () => Promise.reject(new Error('died')) };
  await expect(writerOf(dying)(sends(60))).rejects.toThrow('died');
  await writerOf(store)(sends(60));
  expect(await legs(store)).toEqual(Array.from({ length: 60 }, (_, leg) => leg));
});

test('a writer whose page was given up appends in another one', async () => {
  const { store } = await engine.newChain();
  let page = '';
  const slow: ReceiptStore = {
    ...store,
    claim: (draft, id, instead) => {
      page = page === '' ? id : page;
      return store.claim(draft, id, instead);
    },
    head: async () => {
      await store.giveUp(page);
      return store.head();
    },
  };
  await writerOf(slow)(sends(3));
  expect(await legs(store)).toEqual([0, 1, 2]);
});

test('writers at the same time leave one whole chain', async () => {
  const { store } = await engine.newChain();
  await Promise.all([0, 1, 2, 3, 4].map((writer) => writerOf(store)(sends(60, writer * 60))));
  const chain = await kept(store);
  expect([chain.length, (await verifyChain(chain, origin, await store.head())).whole]).toEqual([300, true]);
});

test('writers of the same batch at the same time write it once', async () => {
  const { store } = await engine.newChain();
  await Promise.all([1, 2, 3].map(() => writerOf(store)(sends(30))));
  expect((await legs(store)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, leg) => leg));
});

test('an append that never comes first is left to the stream to repeat', async () => {
  const { store } = await engine.newChain();
  await expect(writerOf({ ...store, append: async () => 'moved' })(sends(1))).rejects.toThrow('receipt.contended');
});
