import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeReceipts } from '../../functions/write-receipts/handler.ts';
import { origin } from '../../lib/core/audit/chain.ts';
import { occasionOf, receiptsOf, referenceOf } from '../../lib/core/audit/receipt.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import { verifyChain } from '../../lib/core/audit/verify.ts';
import type { Instant } from '../../lib/core/time.ts';
import { at, record } from '../core/audit/receipts.ts';
import type { ReceiptEngine } from '../engines/receipts.ts';
import { startReceiptEngine } from '../engines/receipts.ts';
import { inTurns } from './in-turns.ts';

let engine: ReceiptEngine;
beforeAll(async () => {
  engine = await startReceiptEngine();
});
afterAll(() => engine.stop());

/** The call at which a writer dies, and whether that call still takes effect. */
type Death = { readonly nth: number; readonly when: 'before' | 'after' };
type InTurn = ReturnType<typeof inTurns>;

const days = ['2026-11-02', '2026-11-03'] as const;

const batch = fc.record({
  /** Sends of the batch; of those that were delivered, both outcomes. */
  sends: fc.uniqueArray(fc.record({ leg: fc.nat(4), delivered: fc.boolean() }), { minLength: 1, maxLength: 5, selector: ({ leg }) => leg }),
  day: fc.constantFrom(...days),
  page: fc.uuid(),
  death: fc.option(fc.record({ nth: fc.integer({ min: 1, max: 16 }), when: fc.constantFrom('before', 'after') }), { nil: undefined }),
});
type Batch = typeof batch extends fc.Arbitrary<infer T> ? T : never;

const changesOf = ({ sends }: Batch) => sends.map(({ leg, delivered }) =>
  ({ before: undefined, after: record({ leg, ...(delivered ? { deliveredAt: at } : {}) }) }));

/** The store as a writer has it whose process may die; what was under way then still arrives. */
const mortal = (store: ReceiptStore, inTurn: InTurn, death: Death | undefined): ReceiptStore => {
  let calls = 0;
  const isDead = (): boolean => death !== undefined && calls >= death.nth;
  const wrap = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
    if (isDead()) throw new Error('died');
    calls += 1;
    if (isDead() && death?.when === 'before') throw new Error('died');
    const answer = await inTurn(() => call(...args));
    if (isDead()) throw new Error('died');
    return answer;
  };
  return {
    ...store, head: wrap(store.head), claim: wrap(store.claim), isAppended: wrap(store.isAppended),
    giveUp: wrap(store.giveUp), append: wrap(store.append),
  };
};

const write = (receipts: ReceiptStore, one: Batch, page: string): Promise<void> =>
  writeReceipts({ receipts, newPage: () => page, clock: { now: () => `${one.day}T12:00:00.000Z` as Instant } })(changesOf(one));

/** Closes the first day, as the export does, some time after something was appended to it. */
const closeDay = async (store: ReceiptStore, inTurn: InTurn, looks: number): Promise<void> => {
  for (let look = 0; look < looks; look += 1) {
    const head = await inTurn(store.head);
    if (head.day === days[0] && await inTurn(() => store.openDay(head, days[1]))) return;
  }
};

const nameOf = (receipt: Parameters<typeof referenceOf>[0] & Parameters<typeof occasionOf>[0]): string =>
  `${referenceOf(receipt)} ${occasionOf(receipt)}`;

/** Lets everybody write in an order that is given, then repeats what failed, as the stream does. */
const history = async (store: ReceiptStore, batches: readonly Batch[], picks: readonly number[]): Promise<readonly Receipt[]> => {
  const inTurn = inTurns(picks);
  const [, ...written] = await Promise.allSettled([
    closeDay(store, inTurn, picks.length), ...batches.map((one, index) => write(mortal(store, inTurn, one.death), one, `${one.page}-${index}`)),
  ]);
  for (const [index, one] of batches.entries()) if (written[index]?.status === 'rejected') await write(store, one, `${one.page}-${index}-again`);
  return (await Promise.all(days.map((day) => store.ofDay(day, 1, 1000)))).flat();
};

const histories = fc.tuple(
  fc.array(batch, { minLength: 2, maxLength: 4 }), fc.array(fc.nat(1000), { minLength: 10, maxLength: 60 }),
);

test('whoever writes, dies and repeats in whatever order: each outcome stands in one whole chain once, and its send leads to it', async () => {
  await fc.assert(fc.asyncProperty(histories, async ([batches, picks]) => {
    const { store } = await engine.newChain();
    const chain = await history(store, batches, picks);
    const wanted = new Set(batches.flatMap(changesOf).flatMap(receiptsOf).map(nameOf));
    expect(chain.map(nameOf).sort()).toEqual([...wanted].sort());
    expect(await verifyChain(chain, origin, await store.head())).toMatchObject({ whole: true });
    for (const send of new Set(chain.map(referenceOf))) {
      const found = await store.ofSend(send);
      expect(found).toEqual(chain.filter((receipt) => referenceOf(receipt) === send));
      expect(found[0]?.outcome).toBe('SENT');
    }
  }), { numRuns: 60 });
}, 300_000);
