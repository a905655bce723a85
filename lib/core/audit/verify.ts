import type { Head } from './chain.ts';
import { hashOf, headOf } from './chain.ts';
import { Receipt } from './receipt.ts';

/**
 * What is wrong with a chain, at its first wrong place. `changed`: the content does not give the hash, or not the hash
 * that was kept elsewhere. `missing`: receipts before this place are gone. `reordered`: it stands before one that it
 * follows. `repeated`: it stood before. `day` and `position` say which receipt: for `missing`, the first one that is gone.
 */
export type ChainFault = {
  readonly kind: 'changed' | 'missing' | 'reordered' | 'repeated';
  readonly day: string;
  readonly position: number;
  /** Place in what was given, from 0. */
  readonly index: number;
};

export type Verdict =
  | { readonly whole: true; readonly count: number; readonly end: Head }
  | { readonly whole: false; readonly count: number; readonly fault: ChainFault };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const follows = (after: Head, { day, position }: Head): boolean =>
  (day === after.day ? position === after.position + 1 : day > after.day && position === 1);

/** The receipt at this place, or undefined where its content does not give its hash. */
const intact = async (value: unknown): Promise<Receipt | undefined> => {
  if (!isObject(value) || await hashOf(value) !== value['hash']) return undefined;
  return Receipt.safeParse(value).data;
};

/** The first place that is missing between two receipts; between two days it may also be at the end of the earlier. */
const gapBetween = (after: Head, found: Head): Omit<ChainFault, 'kind' | 'index'> =>
  (found.day !== after.day && found.position > 1
    ? { day: found.day, position: 1 } : { day: after.day === '' ? found.day : after.day, position: after.position + 1 });

/**
 * Proves that a part of the chain is whole: each receipt unchanged, in its place, once. Longer chains are proved part
 * by part, each after the `end` of the one before.
 *
 * @param after - Where the chain stood before the first of them.
 * @param head - Where the chain ends, where that is known: without it nobody can tell that the last receipts are gone.
 */
export const verifyChain = async (values: readonly unknown[], after: Head, head?: Head): Promise<Verdict> => {
  const count = values.length;
  const hashes = values.map((value) => (isObject(value) ? value['hash'] : undefined));
  const seen = new Set<string>();
  let end = after;
  const fault = (kind: ChainFault['kind'], { day, position }: Omit<ChainFault, 'kind' | 'index'>, index: number): Verdict =>
    ({ whole: false, count, fault: { kind, day, position, index } });
  for (const [index, value] of values.entries()) {
    const receipt = await intact(value);
    if (receipt === undefined) return fault('changed', claimed(value) ?? { ...end, position: end.position + 1 }, index);
    if (receipt.previous !== end.hash || !follows(end, receipt)) {
      if (seen.has(receipt.hash)) return fault('repeated', receipt, index);
      if (hashes.includes(receipt.previous, index + 1)) return fault('reordered', receipt, index);
      // The place is right and the hash is not: the receipt before was written anew.
      if (follows(end, receipt) && receipt.day === end.day) return fault('changed', end, Math.max(index - 1, 0));
      return fault('missing', gapBetween(end, receipt), index);
    }
    seen.add(receipt.hash);
    end = headOf(receipt);
  }
  if (head === undefined || head.hash === end.hash) return { whole: true, count, end };
  return head.day === end.day && head.position === end.position
    ? fault('changed', end, count - 1)
    : fault('missing', { day: end.day === '' ? head.day : end.day, position: end.position + 1 }, count);
};

/** The place that a changed receipt says it has; it may say anything. */
const claimed = (value: unknown): Omit<ChainFault, 'kind' | 'index'> | undefined => {
  const place = Receipt.pick({ day: true, position: true }).strip().safeParse(value);
  return place.data;
};
