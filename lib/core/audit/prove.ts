import type { Head } from './chain.ts';
import type { Verdict } from './verify.ts';
import { verifyChain } from './verify.ts';

/** The receipts of one day, and where they end, where somebody keeps that apart from them. */
export type DayOfReceipts = { readonly day: string; readonly receipts: readonly unknown[]; readonly end?: Head | undefined };

/** Somewhere that receipts are kept: the table behind the API, or a folder of exported days. */
export type ReceiptSource = {
  /** Where the chain stood before the first day that is kept there. */
  readonly after: Head;
  readonly days: AsyncIterable<DayOfReceipts>;
  /** Where the chain ends now; undefined where only the ends of days are kept. */
  readonly head?: Head | undefined;
};

/** What was proved: the verdict on the whole, and the end of each day. */
export type Proof = { readonly verdict: Verdict; readonly after: Head; readonly ends: ReadonlyMap<string, Head> };

/** Proves a chain day by day, so that years of it never have to be in memory at once. Stops at the first fault. */
export const prove = async ({ after, days, head }: ReceiptSource): Promise<Proof> => {
  const ends = new Map<string, Head>();
  let end = after;
  let count = 0;
  for await (const { day, receipts, end: sealed } of days) {
    const verdict = await verifyChain(receipts, end, sealed);
    if (!verdict.whole) return { verdict: { ...verdict, count: count + verdict.count }, after, ends };
    ({ end } = verdict);
    count += verdict.count;
    ends.set(day, end);
  }
  const verdict = await verifyChain([], end, head);
  return { verdict: { ...verdict, count }, after, ends };
};

/**
 * Holds a chain that can still be written against the locked copy of its closed days: a chain that was written anew
 * from some place on is whole in itself, and ends its days with other hashes.
 */
export const compare = (live: Proof, locked: Proof): Verdict => {
  if (!live.verdict.whole) return live.verdict;
  if (!locked.verdict.whole) return locked.verdict;
  const { count } = live.verdict;
  for (const [day, end] of locked.ends) {
    const now = live.ends.get(day);
    if (now === undefined) return { whole: false, count, fault: { kind: 'missing', day, position: 1, index: count } };
    if (now.hash !== end.hash) return { whole: false, count, fault: { kind: 'changed', day, position: end.position, index: count } };
  }
  return live.verdict;
};
