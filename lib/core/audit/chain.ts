import { canonical } from '../consent/digest.ts';
import { sha256 } from '../digest.ts';
import type { Instant } from '../time.ts';
import type { Draft, Receipt } from './receipt.ts';

/** Where the chain ends. A day that was opened and has no receipt yet has position 0 and the hash of what came before. */
export type Head = { readonly day: string; readonly position: number; readonly hash: string };

/** What the very first receipt follows. */
export const origin: Head = { day: '', position: 0, hash: '0'.repeat(64) };

export const dayOf = (instant: Instant): string => instant.slice(0, 10);

/** The hash that a receipt, or what claims to be one, should carry. */
export const hashOf = (receipt: Readonly<Record<string, unknown>>): Promise<string> => {
  const { hash: _, ...hashed } = receipt;
  return sha256(canonical(hashed));
};

/** A clock that lags behind the chain never writes into a day that was closed. */
const writtenAtOf = (head: Head, now: Instant): Instant =>
  (dayOf(now) < head.day ? `${head.day}T00:00:00.000Z` as Instant : now);

/** Puts receipts in their places behind the head, in order. */
export const link = async (head: Head, drafts: readonly Draft[], now: Instant): Promise<readonly Receipt[]> => {
  const writtenAt = writtenAtOf(head, now);
  const day = dayOf(writtenAt);
  const receipts: Receipt[] = [];
  let { hash: previous } = head;
  let position = day === head.day ? head.position : 0;
  for (const draft of drafts) {
    position += 1;
    const unsealed = { ...draft, day, position, previous, writtenAt };
    previous = await hashOf(unsealed);
    receipts.push({ ...unsealed, hash: previous });
  }
  return receipts;
};

export const headOf = ({ day, position, hash }: Head): Head => ({ day, position, hash });
