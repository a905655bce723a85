import * as z from 'zod';
import type { ContactId, Name, SegmentId } from '../ids.ts';
import type { Phi } from '../phi.ts';
import { addSeconds, Instant } from '../time.ts';
import type { ContactRecord } from './record.ts';

export const RecentSend = z.strictObject({
  at: Instant,
  channel: z.enum(['email', 'sms']),
  commercial: z.boolean(),
  /** Name of the send in the ledger, so that a send tried again is not counted twice. */
  send: z.string(),
});
export type RecentSend = z.infer<typeof RecentSend>;

/** A commercial message that was put off, so that one of a lesser priority does not take its place. */
export const WaitingSend = z.strictObject({
  /** Name of the send in the ledger. */
  send: z.string(),
  /** That of its journey, 1 (first) to 9. */
  priority: z.int().min(1).max(9),
  /** When it was put off first. */
  since: Instant,
  /** The instant that it was put off to. */
  until: Instant,
  putOffs: z.int().min(1),
});
export type WaitingSend = z.infer<typeof WaitingSend>;

/**
 * Through which each send of a contact passes. A send writes it on the condition that `version` is the one it read,
 * and so does each change of the record: of a send and a revocation at the same instant, one loses.
 */
export const SendGate = z.strictObject({
  version: z.int().min(1),
  recent: z.array(RecentSend).readonly(),
  /** Absent of whom nothing was ever put off. */
  waiting: z.array(WaitingSend).readonly().optional(),
});
export type SendGate = z.infer<typeof SendGate>;

const recentSeconds = 7 * 24 * 60 * 60;

/** The sends of the seven days up to `now`; older ones count for no frequency cap. */
export const pruneRecent = (recent: readonly RecentSend[], now: Instant): readonly RecentSend[] => {
  const since = addSeconds(now, -recentSeconds);
  return recent.filter(({ at }) => at > since);
};

/** All that a send is judged and written by. `zone` is an IANA name, or null where the record has none. */
export type OpenContact = {
  readonly record: Phi<ContactRecord>;
  readonly gate: SendGate;
  readonly zone: string | null;
  /** What else was asked to be opened, by field. */
  readonly sealed: ReadonlyMap<string, Phi<unknown>>;
};

/** A value that stands outside the record, as JSON under the contact's data key; `field` is part of what the seal covers. */
export type Sealed = { readonly field: string; readonly bytes: Uint8Array };

export type Entry = {
  /** Segments to be a member of from the start. */
  readonly memberships: readonly Name[];
  /** Where the contact comes from, `<system>/<id>`. Stored as a keyed digest. */
  readonly source: string;
  readonly at: Instant;
};

export type MemberPage = { readonly contacts: readonly ContactId[]; readonly cursor: string | undefined };

export const segmentShards = 8;

/** What everybody stands under in the index of segments; no segment has such an id. */
export const everybody = 'everybody';

/** Spreads a segment over the partitions of its index. Ids are random, so their last character is even enough. */
export const segmentPartition = (segment: SegmentId | typeof everybody, contact: ContactId): string =>
  `${segment}#${(contact.codePointAt(contact.length - 1) ?? 0) % segmentShards}`;

/** A signed form, kept beside the record that rests on it; `hash` is its SHA-256 and its name. */
export type Evidence = { readonly hash: string; readonly document: Phi<string> };

export type ContactStore = {
  /**
   * Undefined for an unknown contact. Opens what else is given under the same key, with the one decryption. Throws
   * `contact.shredded`, and `vault.tampered` for a value that was not sealed as its field.
   */
  readonly open: (contact: ContactId, sealed?: readonly Sealed[]) => Promise<OpenContact | undefined>;
  /** Throws `contact.changed` where the contact or its source is already there, and `segment.unknown`. */
  readonly create: (contact: ContactId, record: ContactRecord, entry: Entry) => Promise<void>;
  /** Throws `contact.changed` where the gate's version is not `expectedVersion`. */
  readonly replace: (contact: ContactId, record: ContactRecord, expectedVersion: number) => Promise<void>;
  /**
   * Opens, changes and replaces, up to five times while others change the contact too. A change that returns the very
   * record it was given writes nothing. Returns whether anything was written. `evidence` is sealed and written with the
   * change, or not at all. Throws `contact.unknown`.
   */
  readonly update: (contact: ContactId, change: (record: ContactRecord) => ContactRecord, evidence?: Evidence) => Promise<boolean>;
  /** A signed form as it was kept; undefined where there is none. One decryption. Throws `contact.shredded`. */
  readonly evidence: (contact: ContactId, hash: string) => Promise<Phi<string> | undefined>;
  /** Seals a value for a place outside the record. One decryption. Throws `contact.unknown` and `contact.shredded`. */
  readonly seal: (contact: ContactId, field: string, value: Phi<unknown>) => Promise<Uint8Array<ArrayBuffer>>;
  /** No decryption. Null for a contact without a zone, undefined for an unknown contact. */
  readonly zone: (contact: ContactId) => Promise<string | null | undefined>;
  /** The version of the send gate, which each change of the record moves on. No decryption; undefined for an unknown contact. */
  readonly version: (contact: ContactId) => Promise<number | undefined>;
  /**
   * Where others react to who is in the segment, the write tells of the change too, unless it is made quietly. Adding
   * again keeps the first instant. Throws `segment.unknown`, as all that follow here and name a segment.
   */
  readonly addToSegment: (contact: ContactId, segment: Name, at: Instant, how?: { readonly quietly?: boolean }) => Promise<void>;
  readonly removeFromSegment: (contact: ContactId, segment: Name, at: Instant, how?: { readonly quietly?: boolean }) => Promise<void>;
  /** One page of a segment, which may be empty; there are more until `cursor` is undefined. */
  readonly members: (segment: Name, cursor?: string) => Promise<MemberPage>;
  /** One page of all contacts, like one of a segment. */
  readonly everybody: (cursor?: string) => Promise<MemberPage>;
  /** In the order of their names. */
  readonly segmentsOf: (contact: ContactId) => Promise<readonly Name[]>;
  readonly contactOfSource: (source: string) => Promise<ContactId | undefined>;
};
