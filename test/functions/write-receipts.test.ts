import { expect, test } from 'vitest';
import { writeReceipts } from '../../functions/write-receipts/handler.ts';
import type { Head } from '../../lib/core/audit/chain.ts';
import { headOf, origin } from '../../lib/core/audit/chain.ts';
import { referenceOf } from '../../lib/core/audit/receipt.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import type { Appended } from '../../lib/core/audit/store.ts';
import { verifyChain } from '../../lib/core/audit/verify.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { at, record } from '../core/audit/receipts.ts';

/** A chain in memory, which gives way to others between the reading of its head and the append. */
const memory = () => {
  const chain: Receipt[] = [];
  const head = (): Head => (chain.length === 0 ? origin : headOf(chain.at(-1) ?? origin));
  const names = () => chain.map((receipt) => `${referenceOf(receipt)} ${receipt.outcome}`);
  return {
    chain,
    store: {
      head: async (): Promise<Head> => {
        const read = head();
        await Promise.resolve();
        return read;
      },
      append: async (from: Head, receipts: readonly Receipt[]): Promise<Appended> => {
        await Promise.resolve();
        const taken = names();
        const indexes = receipts.flatMap((receipt, index) => (taken.includes(`${referenceOf(receipt)} ${receipt.outcome}`) ? [index] : []));
        if (indexes.length > 0) return { kind: 'known', indexes };
        if (from.hash !== head().hash) return { kind: 'moved' };
        chain.push(...receipts);
        return { kind: 'appended' };
      },
    },
  };
};

const sends = (count: number, from = 0): readonly { before: undefined; after: SendRecord }[] =>
  Array.from({ length: count }, (_, index) => ({ before: undefined, after: record({ leg: from + index }) }));

const clock = { now: () => at };

test('a batch is appended in its order', async () => {
  const { chain, store } = memory();
  await writeReceipts({ receipts: store, clock })(sends(120));
  expect(chain.map(({ leg }) => leg)).toEqual(Array.from({ length: 120 }, (_, leg) => leg));
});

test('a batch that comes again adds nothing', async () => {
  const { chain, store } = memory();
  const write = writeReceipts({ receipts: store, clock });
  await write(sends(60));
  await write(sends(60));
  expect(chain).toHaveLength(60);
});

test('a batch that comes again with more in it adds what is new', async () => {
  const { chain, store } = memory();
  const write = writeReceipts({ receipts: store, clock });
  await write(sends(30));
  await write(sends(60));
  expect(chain.map(({ leg }) => leg)).toEqual(Array.from({ length: 60 }, (_, leg) => leg));
});

test('writers at the same time leave one whole chain', async () => {
  const { chain, store } = memory();
  const write = writeReceipts({ receipts: store, clock });
  await Promise.all([0, 1, 2, 3, 4].map((writer) => write(sends(60, writer * 60))));
  expect([chain.length, (await verifyChain(chain, origin)).whole]).toEqual([300, true]);
});

test('an append that never comes first is left to the stream to repeat', async () => {
  const store = { ...memory().store, append: async (): Promise<Appended> => ({ kind: 'moved' }) };
  await expect(writeReceipts({ receipts: store, clock })(sends(1))).rejects.toThrow('receipt.contended');
});
