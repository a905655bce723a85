import type { SendGate } from '../contact/store.ts';
import type { Sender } from '../journey/settings.ts';
import type { Phi } from '../phi.ts';
import type { Instant } from '../time.ts';
import type { SendKey, SendRecord } from './send.ts';

/** What sending asks of the ledger and of the mail service. */

export type SendHistory = { readonly ofContact: (contact: string) => Promise<readonly SendRecord[]> };

/** A mail that the mail service took, and when. */
export type Taken = { readonly messageId: string; readonly takenAt: Instant };

/**
 * What the mail service tells of a send later. Each is kept once; false where the send is unknown, or not one that left.
 * Whatever became of a mail, it was taken: the same write settles a send of which nobody could say so.
 */
export type SendOutcomes = {
  /** The mail is still on its way. */
  readonly taken: (key: SendKey, mail: Taken) => Promise<boolean>;
  readonly delivered: (key: SendKey, mail: Taken, at: Instant) => Promise<boolean>;
  readonly bounced: (key: SendKey, mail: Taken, at: Instant) => Promise<boolean>;
  readonly complained: (key: SendKey, mail: Taken, at: Instant) => Promise<boolean>;
};

/** What came of a reservation: made, the send was decided before, or the contact's consent moved on meanwhile. */
export type Reservation =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'decided-before'; readonly record: SendRecord }
  | { readonly kind: 'consent-moved' };

export type SendLedger = {
  /**
   * Decision and send gate in one write: it holds only while the gate still has the version that was read. A record that
   * is DEFERRED keeps a deferral, once for each burst; any other reserves the send.
   */
  readonly reserve: (record: SendRecord, gate: SendGate) => Promise<Reservation>;
  /** Keeps a refusal, unless this send was decided before; gives what stands. */
  readonly refuse: (record: SendRecord) => Promise<SendRecord>;
  /** What stands of a send, strongly consistent. */
  readonly find: (key: SendKey) => Promise<SendRecord | undefined>;
  readonly confirm: (key: SendKey, messageId: string, at: Instant) => Promise<boolean>;
  /** Nobody can say whether the mail left; only the mail service's own event settles it. */
  readonly lose: (key: SendKey) => Promise<boolean>;
  /** The mail service certainly did not take the mail now; the same send may be reserved again. */
  readonly release: (key: SendKey) => Promise<boolean>;
  /** The mail service certainly did not take the mail, and never will. */
  readonly reject: (key: SendKey) => Promise<boolean>;
};

export type Mail = {
  readonly to: Phi<string>;
  readonly sender: Sender;
  readonly content: Phi<{ readonly subject: string; readonly text: string; readonly html: string }>;
  /** The URL that unsubscribes on POST, RFC 8058, or undefined where the message is not commercial. */
  readonly unsubscribe: string | undefined;
  /** The mailbox that unsubscribes by mail, for readers whose program sends one instead. */
  readonly unsubscribeMailbox?: string | undefined;
  readonly send: SendKey;
};

/**
 * What the mail service said. `refused`: it certainly did not take the mail. `unknown`: nobody can tell, so the mail
 * must not be sent again.
 */
export type Handed =
  | { readonly kind: 'taken'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly throttled: boolean }
  | { readonly kind: 'unknown' };
