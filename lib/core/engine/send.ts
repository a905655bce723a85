import * as z from 'zod';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import { Instant } from '../time.ts';

/**
 * One row per send or refusal. `SendEmail` has no idempotency token, so a send is reserved, made, confirmed:
 * PENDING → SENT. A PENDING that nobody confirms becomes UNKNOWN and is never sent again blindly; the mail service's
 * own event settles it. RELEASED was throttled before it left and may be reserved again. REFUSED holds the reason that
 * consent, the data or the mail service gave.
 */
export const SendRecord = z.object({
  contact: ContactId,
  enrolment: EnrolmentId,
  journey: Name,
  version: z.int(),
  step: Name,
  leg: z.int(),
  status: z.enum(['PENDING', 'SENT', 'UNKNOWN', 'RELEASED', 'REFUSED']),
  template: Name,
  /** SHA-256 of the template as published. */
  templateHash: z.string(),
  /** Code of the consent engine, or of the data that is missing. */
  reason: z.string(),
  basis: z.array(z.string()),
  /** Ids of the consent records relied on. */
  evidence: z.array(z.string()),
  /** Version of the contact's consent that the decision read. */
  consentVersion: z.int(),
  /** The instant that the decision was made for. */
  decidedAt: Instant,
  /** Digest of everything the decision read, of the rules and of the policy. */
  digests: z.record(z.string(), z.string()),
  messageId: z.string().optional(),
  confirmedAt: Instant.optional(),
  deliveredAt: Instant.optional(),
  bouncedAt: Instant.optional(),
});
export type SendRecord = z.infer<typeof SendRecord>;

export type SendKey = Readonly<Pick<SendRecord, 'contact' | 'enrolment' | 'step' | 'leg'>>;

/** Names a send in the ledger and in the tags of its mail. */
export const sendName = ({ enrolment, step, leg }: Omit<SendKey, 'contact'>): string => `${enrolment}#${step}#${leg}`;
