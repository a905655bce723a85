import * as z from 'zod';
import type { Change } from '../engine/counts.ts';
import { isPutOff, SendRecord } from '../engine/send.ts';
import { Instant } from '../time.ts';

/** A date of the calendar in UTC. */
export const Day = z.iso.date();

const Hash = z.string().regex(/^[0-9a-f]{64}$/u);

/**
 * How a send came out. `DELIVERED` and `BOUNCED` follow in receipts of their own, after that of the send. `DEFERRED` comes
 * before it, once for each time that the send was put off.
 */
export const Outcome = z.enum(['SENT', 'UNKNOWN', 'REFUSED', 'DEFERRED', 'DELIVERED', 'BOUNCED']);
export type Outcome = z.infer<typeof Outcome>;

const kept = SendRecord.pick({
  contact: true, enrolment: true, journey: true, version: true, versionHash: true, step: true, leg: true, template: true,
  templateHash: true, purpose: true, messageClass: true, reason: true, basis: true, evidence: true, evidenceHashes: true,
  consentVersion: true, decidedAt: true, digests: true, messageId: true,
}).shape;

/**
 * What is kept of a send or a refusal: who by an opaque id, what by hashes, why by codes and ids of records. No body, no
 * name, no address. 45 CFR 164.316(b)(2)(i) wants it for six years.
 */
export const Receipt = z.strictObject({
  /** Version of this shape. */
  format: z.literal(1),
  /** The date of `writtenAt`. */
  day: Day,
  /** Counts the receipts of the day from 1. */
  position: z.int().min(1),
  /** `hash` of the receipt before; of the first of a day, that of the last one on an earlier day. */
  previous: Hash,
  /** SHA-256, in lower-case hex, of the canonical JSON text of all else in the receipt. */
  hash: Hash,
  writtenAt: Instant,
  outcome: Outcome,
  /** The instant of the outcome; of `UNKNOWN`, `REFUSED` and `DEFERRED` that of the check. */
  at: Instant,
  decision: z.enum(['permit', 'deny']),
  ...kept,
  /** Of `DEFERRED` alone: the burst that put the send off, and the instant that it was put off to. */
  burst: z.int().min(0).optional(),
  until: Instant.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

/** A receipt before it has its place in the chain. */
export type Draft = Omit<Receipt, 'day' | 'position' | 'previous' | 'hash' | 'writtenAt'>;

const draftOf = (record: SendRecord, outcome: Outcome, at: Instant): Draft => {
  const {
    status: _status, confirmedAt: _confirmed, deliveredAt: _delivered, bouncedAt: _bounced, burst: _burst, putOff: _putOff,
    complainedAt: _complained, commercial: _commercial, ...rest
  } = record;
  // A permit always names its basis, and a denial never has one.
  return { format: 1, outcome, at, decision: record.basis.length > 0 ? 'permit' : 'deny', ...rest };
};

const deferralOf = (record: SendRecord): Draft => {
  const { burst, putOff = [] } = record;
  const until = putOff.at(-1)?.until;
  return { ...draftOf(record, 'DEFERRED', record.decidedAt), ...(burst === undefined ? {} : { burst }), ...(until === undefined ? {} : { until }) };
};

const settled = { SENT: true, UNKNOWN: true, REFUSED: true } as const;

const isSettled = (status: SendRecord['status']): status is keyof typeof settled => status in settled;

/** What one write on a ledger row is to be kept of. Reserving a send, or giving the reservation back, leaves no receipt. */
export const receiptsOf = ({ before, after }: Change<SendRecord>): readonly Draft[] => {
  if (after === undefined) return [];
  const { status, decidedAt, confirmedAt, deliveredAt, bouncedAt } = after;
  return [
    ...(isPutOff(before, after) ? [deferralOf(after)] : []),
    ...(isSettled(status) && status !== before?.status
      ? [draftOf(after, status, status === 'SENT' ? confirmedAt ?? decidedAt : decidedAt)] : []),
    ...(deliveredAt !== undefined && before?.deliveredAt === undefined ? [draftOf(after, 'DELIVERED', deliveredAt)] : []),
    ...(bouncedAt !== undefined && before?.bouncedAt === undefined ? [draftOf(after, 'BOUNCED', bouncedAt)] : []),
  ];
};

/** Names a send in paths and on the command line: its enrolment, step and leg, joined by dots. */
export const SendReference = z.string().regex(/^e_[0-9a-hjkmnp-tv-z]{26}[.#][a-z0-9-]{1,60}[.#]\d{1,6}$/u)
  .transform((text) => text.replaceAll('#', '.'));

/** Tells the receipts of one send apart: each outcome comes once, and a deferral once for each burst. */
export const occasionOf = ({ outcome, burst }: Pick<Receipt, 'outcome' | 'burst'>): string =>
  (burst === undefined ? outcome : `${outcome}#${burst}`);

export const referenceOf = ({ enrolment, step, leg }: Pick<Receipt, 'enrolment' | 'step' | 'leg'>): string =>
  `${enrolment}.${step}.${leg}`;
