import type { Instant } from '../time.ts';
import type { Head } from './chain.ts';
import type { Receipt } from './receipt.ts';

/** A day that has receipts. */
export type ReceiptDay = {
  readonly day: string;
  /** Where the chain stood before the first receipt of the day. */
  readonly after: Head;
  /** When it was written to the locked archive. */
  readonly exportedAt?: Instant | undefined;
};

/**
 * What came of an append. `moved`: another one was first. `known`: these outcomes of sends, by their index, have their
 * receipts already, and nothing was written.
 */
export type Appended =
  | { readonly kind: 'appended' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'known'; readonly indexes: readonly number[] };

/** How many receipts one append may hold: a transaction takes 100 writes, two for each receipt and two for the chain. */
export const appendLimit = 49;

/** The chain. A receipt is never changed and never deleted. */
export type ReceiptStore = {
  readonly head: () => Promise<Head>;
  /** All of the receipts or none, and only while the chain still ends at `head`; each outcome of a send once. */
  readonly append: (head: Head, receipts: readonly Receipt[]) => Promise<Appended>;
  /** Opens a day without a receipt, so that the days before it are closed; false where the chain moved on. */
  readonly openDay: (head: Head, day: string) => Promise<boolean>;
  /** At most `limit` receipts of a day, from a position on. */
  readonly page: (day: string, from: number, limit: number) => Promise<readonly Receipt[]>;
  /** Receipts of one send, by its reference, in the order of the chain. */
  readonly ofSend: (reference: string) => Promise<readonly Receipt[]>;
  /** Days that have receipts, earliest first. */
  readonly days: () => Promise<readonly ReceiptDay[]>;
  readonly markExported: (day: string, at: Instant) => Promise<void>;
};

/** A store whose objects nobody can change or delete for six years. */
export type Archive = {
  /** Keeps a text under a name. Where the name is taken this does nothing, since the same name holds the same text. */
  readonly keep: (name: string, text: string) => Promise<void>;
};
