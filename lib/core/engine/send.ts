import * as z from 'zod';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import { Purpose } from '../consent/purpose.ts';
import { Instant } from '../time.ts';

/** A deferral, kept for the timeline: when, why, and until when. */
export const PutOff = z.strictObject({ at: Instant, reason: z.string(), until: Instant });
export type PutOff = z.infer<typeof PutOff>;

/** Deferrals that a row keeps, the newest; each one has its receipt besides. */
export const putOffsKept = 50;

/**
 * One row per send or refusal. `SendEmail` has no idempotency token, so a send is reserved, made, confirmed:
 * PENDING → SENT. A PENDING that nobody confirms becomes UNKNOWN and is never sent again blindly; the mail service's
 * own event settles it. RELEASED was throttled before it left, DEFERRED was put off by quiet hours or a frequency cap;
 * either may be reserved again. REFUSED holds the reason that consent, the data or the mail service gave.
 */
export const SendRecord = z.object({
  contact: ContactId,
  enrolment: EnrolmentId,
  journey: Name,
  version: z.int(),
  /** SHA-256 of the version as published. */
  versionHash: z.string(),
  step: Name,
  leg: z.int(),
  status: z.enum(['PENDING', 'SENT', 'UNKNOWN', 'RELEASED', 'DEFERRED', 'REFUSED']),
  template: Name,
  /** SHA-256 of the template as published. */
  templateHash: z.string(),
  /** What the message is for, as its journey declares it. */
  purpose: Purpose,
  /** What the law takes the message for; null where the consent engine could not read its input. */
  messageClass: z.string().nullable(),
  /** Code of the consent engine, or one of {@link sendRefusals}. */
  reason: z.string(),
  basis: z.array(z.string()),
  /** Ids of the consent records relied on. */
  evidence: z.array(z.string()),
  /** SHA-256 of what each of them names as its evidence, the signed form for one; by id, where there is any. */
  evidenceHashes: z.record(z.string(), z.string()),
  /** Version of the contact's consent that the decision read; {@link unread} where it read none. */
  consentVersion: z.int(),
  /** The instant that the decision was made for. */
  decidedAt: Instant,
  /** Digest of everything the decision read, of the rules and of the policy. */
  digests: z.record(z.string(), z.string()),
  messageId: z.string().optional(),
  confirmedAt: Instant.optional(),
  deliveredAt: Instant.optional(),
  bouncedAt: Instant.optional(),
  complainedAt: Instant.optional(),
  /** Counts for the complaint rate of the commercial stream; absent otherwise. */
  commercial: z.literal(true).optional(),
  /** Of a DEFERRED send the `seq` of the burst that put it off, so that a burst that is repeated puts it off once. */
  burst: z.int().min(0).optional(),
  /** How often it was put off before it left or was refused, oldest first; at most {@link putOffsKept}. */
  putOff: z.array(PutOff).optional(),
});
export type SendRecord = z.infer<typeof SendRecord>;

/** The version of consent of a send that was refused before consent was read; those that were read count from 1. */
export const unread = 0;

/** Put off, and not by the burst that had put it off before. */
export const isPutOff = (before: SendRecord | undefined, after: SendRecord): boolean =>
  after.status === 'DEFERRED' && (before?.status !== 'DEFERRED' || before.burst !== after.burst);

export type SendKey = Readonly<Pick<SendRecord, 'contact' | 'enrolment' | 'step' | 'leg'>>;

/**
 * Reasons for which a send is refused without the consent engine: the data lacks something, the mail service said no, or
 * the contact is held out of the journey.
 */
export const sendRefusals = ['ADDRESS_MISSING', 'TEMPLATE_VALUE_MISSING', 'MAIL_REJECTED', 'HOLDOUT'] as const;
export type SendRefusal = (typeof sendRefusals)[number];

/** Reasons for which a send is put off, or refused where its journey skips what is put off, beside those of the consent engine. */
export const sendDeferrals = ['PRIORITY_YIELDED'] as const;
export type SendDeferral = (typeof sendDeferrals)[number];

/** Names a send in the ledger and in the tags of its mail. */
export const sendName = ({ enrolment, step, leg }: Omit<SendKey, 'contact'>): string => `${enrolment}#${step}#${leg}`;
