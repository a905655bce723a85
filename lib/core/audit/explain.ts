import { isGroup } from '../consent/rule.ts';
import { table, tableDigest } from '../consent/table.ts';
import { unread } from '../engine/send.ts';
import type { Outcome, Receipt } from './receipt.ts';
import { referenceOf } from './receipt.ts';
import { wordsOfBasis, wordsOfReason } from './words.ts';

/** Why a message was sent or not, as data. */
export type Explanation = {
  readonly send: string;
  readonly contact: string;
  /** Null where nobody can tell whether the mail left. */
  readonly sent: boolean | null;
  readonly decision: Receipt['decision'];
  readonly reason: { readonly code: string; readonly words: string; readonly cite: string };
  readonly basis: readonly { readonly code: string; readonly words: string; readonly cite: string }[];
  /** The records that the decision relied on, and the hash of each one's evidence where it has any. */
  readonly relied: readonly { readonly id: string; readonly evidenceHash: string | null }[];
  readonly consentVersion: number;
  readonly checkedAt: string;
  readonly message: Readonly<Pick<Receipt,
    'journey' | 'version' | 'versionHash' | 'step' | 'template' | 'templateHash' | 'purpose' | 'messageClass'>>;
  readonly digests: Readonly<Record<string, string>>;
  /** False where the decision was made by another edition of the rules than the one that cites here. */
  readonly sameRules: boolean;
  readonly messageId: string | null;
  /** The instant that it was put off to, where it has not come out since. */
  readonly waitsUntil: string | null;
  readonly course: readonly {
    readonly outcome: Outcome; readonly at: string; readonly receipt: string; readonly hash: string;
    /** Of a deferral: why, and until when. */
    readonly putOff?: { readonly reason: string; readonly words: string; readonly until: string };
  }[];
};

const cites = new Map<string, string>(table.flatMap((row) =>
  (isGroup(row) ? [...row.codes] : [row]).map(({ code, cite }) => [code, cite] as const)).toReversed());

const citeOf = (code: string, basis: readonly string[]): string => {
  const [first] = basis;
  return cites.get(code) ?? (first === undefined ? 'none: it is no rule of consent' : wordsOfBasis(first).cite);
};

const sentAs: { readonly [O in Outcome]: boolean | null } = { SENT: true, DELIVERED: true, BOUNCED: true, UNKNOWN: null, REFUSED: false, DEFERRED: false };

/** A mail that was delivered or came back had left, also where nobody confirmed it. */
const wasSent = (receipts: readonly Receipt[]): boolean | null => {
  const told = receipts.map(({ outcome }) => sentAs[outcome]);
  return told.includes(true) ? true : told.at(-1) ?? null;
};

const courseOf = ({ outcome, at, day, position, hash, reason, until }: Receipt): Explanation['course'][number] => ({
  outcome, at, receipt: `${day}/${position}`, hash,
  ...(until === undefined ? {} : { putOff: { reason, words: wordsOfReason(reason), until } }),
});

/**
 * Explains one send by its receipts, in the order of the chain; undefined where there are none.
 */
export const explain = (receipts: readonly Receipt[]): Explanation | undefined => {
  const last = receipts.at(-1);
  if (last === undefined) return undefined;
  const { decision, reason, basis, evidence, evidenceHashes, consentVersion, decidedAt, digests } = last;
  const { journey, version, versionHash, step, template, templateHash, purpose, messageClass } = last;
  return {
    send: referenceOf(last), contact: last.contact, sent: wasSent(receipts), decision,
    reason: { code: reason, words: wordsOfReason(reason), cite: citeOf(reason, basis) },
    basis: basis.map((code) => ({ code, ...wordsOfBasis(code) })),
    relied: evidence.map((id) => ({ id, evidenceHash: evidenceHashes[id] ?? null })),
    consentVersion, checkedAt: decidedAt,
    message: { journey, version, versionHash, step, template, templateHash, purpose, messageClass },
    digests, sameRules: consentVersion === unread || digests['table'] === tableDigest,
    messageId: receipts.findLast(({ messageId }) => messageId !== undefined)?.messageId ?? null,
    waitsUntil: last.outcome === 'DEFERRED' ? last.until ?? null : null,
    course: receipts.map(courseOf),
  };
};
