import type { Instant } from '../time.ts';
import type { Head } from './chain.ts';
import type { Draft, Receipt } from './receipt.ts';

/** A day that has receipts. */
export type ReceiptDay = {
  readonly day: string;
  /** Where the chain stood before the first receipt of the day. */
  readonly after: Head;
  /** When it was written to the locked archive. */
  readonly exportedAt?: Instant | undefined;
};

/**
 * What came of an append; nothing was written where it is not `appended`. `moved`: another one was first. `settled`: the
 * page was given up by somebody else, or was appended before.
 */
export type Appended = 'appended' | 'moved' | 'settled';

/**
 * The chain, written by pages of receipts. A page has an id that nobody else has, and claims each outcome of a send before
 * it is appended. Whoever finds an outcome claimed gives that page up, so that it never comes, or learns that it came:
 * each outcome stands in the chain once. A receipt is never changed and never deleted.
 */
export type ReceiptStore = {
  readonly head: () => Promise<Head>;
  /**
   * Claims an outcome of a send for a page, where nobody did, or only a page that was given up.
   *
   * @param instead - The page that was given up.
   * @returns The page that has it; undefined where it is this one.
   */
  readonly claim: (draft: Draft, page: string, instead?: string) => Promise<string | undefined>;
  readonly isAppended: (page: string) => Promise<boolean>;
  /** Sees to it that a page is not appended from now on; false where it was before. */
  readonly giveUp: (page: string) => Promise<boolean>;
  /** All of the receipts or none, and only while the chain still ends at `head`; a page once. */
  readonly append: (head: Head, page: string, receipts: readonly Receipt[]) => Promise<Appended>;
  /** Opens a day without a receipt, so that the days before it are closed; false where the chain moved on. */
  readonly openDay: (head: Head, day: string) => Promise<boolean>;
  /**
   * At most `limit` receipts of a day, from a position on.
   * @throws SendwellError `receipt.unreadable` where a page cannot be unpacked.
   */
  readonly ofDay: (day: string, from: number, limit: number) => Promise<readonly Receipt[]>;
  /**
   * Receipts of one send, by its reference, in the order of the chain.
   * @throws SendwellError `receipt.unreadable` where a page cannot be unpacked.
   */
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
