import * as z from 'zod';

import { Instant } from './civil.ts';
import { DataClass } from './classes.ts';

const Revocation = z.object({ received_at: Instant, in_writing: z.boolean(), via: z.string().nullable() });

const common = {
  id: z.string(),
  captured_at: Instant,
  evidence_ref: z.string(),
  revocation: Revocation.nullable(),
};

const Expiration = z.object({
  kind: z.enum(['date', 'event', 'none']),
  at: Instant.nullable(),
  event: z.string().nullable(),
  event_occurred_at: Instant.nullable(),
});
export type Expiration = z.infer<typeof Expiration>;

const Signature = z.object({
  signed_at: Instant.nullable(),
  signer: z.enum(['individual', 'personal_representative']),
  method: z.string().nullable(),
  representative_id: z.string().nullable(),
  representative_authority: z.string().nullable(),
});

const names = z.array(z.string());

/** An authorization with each element of 45 CFR 164.508(b) and (c) as a field of its own. */
export const HipaaAuthorization = z.object({
  ...common,
  type: z.literal('hipaa_authorization'),
  information: z.object({ described: z.boolean(), classes: z.array(DataClass) }),
  disclosers: names,
  recipients: names,
  purposes: names,
  promoted_parties: names,
  expiration: Expiration,
  signature: Signature,
  statements: z.object({
    right_to_revoke: z.boolean(),
    how_to_revoke: z.boolean(),
    conditioning: z.boolean(),
    redisclosure: z.boolean(),
    remuneration: z.boolean(),
  }),
  plain_language: z.boolean(),
  copy_given: z.boolean(),
  combined_with: names,
  conditioned_on: names,
  known_false: z.boolean(),
  channels: names,
  state_form: z.object({
    ca_56_11: z.boolean(),
    ca_longer_term_requested: z.boolean(),
    tx_181_154: z.boolean(),
  }),
});
export type HipaaAuthorization = z.infer<typeof HipaaAuthorization>;

/** A consent to the use of substance-use-disorder records, 42 CFR 2.31. */
export const Part2Consent = z.object({
  ...common,
  type: z.literal('part2_consent'),
  patient_named: z.boolean(),
  disclosers: names,
  information_classes: z.array(DataClass),
  recipients: names,
  purposes: names,
  expiration: Expiration,
  signature: Signature,
  statements: z.object({
    right_to_revoke: z.boolean(),
    how_to_revoke: z.boolean(),
    redisclosure: z.boolean(),
    refusal_consequences: z.boolean(),
  }),
});
export type Part2Consent = z.infer<typeof Part2Consent>;

/** Prior express consent (`pec`) or prior express written consent (`pewc`) to texts, 47 CFR 64.1200(f). */
export const TcpaConsent = z.object({
  ...common,
  type: z.literal('tcpa_consent'),
  level: z.enum(['pec', 'pewc']),
  address_id: z.string(),
  seller_ids: names,
  signed: z.boolean(),
  automated_disclosed: z.boolean(),
  not_condition_of_purchase: z.boolean(),
});
export type TcpaConsent = z.infer<typeof TcpaConsent>;

/** A subscription to email; the topic `*` stands for every topic. */
export const EmailOptIn = z.object({
  ...common,
  type: z.literal('email_opt_in'),
  method: z.enum(['express', 'implied', 'prechecked']),
  sender_ids: names,
  topics: names,
});
export type EmailOptIn = z.infer<typeof EmailOptIn>;

/** A consent under a consumer-health-data law, RCW 19.373.030: to collect and use or, apart from it, to share. */
export const ChdConsent = z.object({
  ...common,
  type: z.literal('chd_consent'),
  kind: z.enum(['collect_use', 'share']),
  classes: z.array(DataClass),
  purposes: names,
  entity_ids: names,
  party_ids: names,
  expires_at: Instant.nullable(),
});
export type ChdConsent = z.infer<typeof ChdConsent>;

/** Agreement to receive notices electronically, 45 CFR 164.404(d)(1)(i) and 164.520(c)(3). */
export const ElectronicNoticeAgreement = z.object({
  ...common,
  type: z.literal('electronic_notice_agreement'),
  channels: names,
});

/** The wish for unencrypted email; `warned` tells that its risk was explained first, 78 FR 5634. */
export const UnencryptedPreference = z.object({
  ...common,
  type: z.literal('unencrypted_preference'),
  warned: z.boolean(),
});

/** Records are never edited: a later record or its own `revocation` supersedes one. */
export const ConsentRecord = z.discriminatedUnion('type', [
  HipaaAuthorization,
  Part2Consent,
  TcpaConsent,
  EmailOptIn,
  ChdConsent,
  ElectronicNoticeAgreement,
  UnencryptedPreference,
]);
export type ConsentRecord = z.infer<typeof ConsentRecord>;
