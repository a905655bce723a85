import type {
  ChdConsent,
  ConsentRecord,
  HipaaAuthorization,
  Part2Consent,
  TcpaConsent,
} from '../../../lib/core/consent/records.ts';

type RecordOf<T extends ConsentRecord['type']> = Extract<ConsentRecord, { type: T }>;

const captured = { captured_at: '2026-01-05T17:00:00Z', revocation: null };
const signature: HipaaAuthorization['signature'] = {
  signed_at: '2026-01-05T17:00:00Z',
  signer: 'individual',
  method: 'electronic',
  representative_id: null,
  representative_authority: null,
};

export const signedWith = (changes: Partial<HipaaAuthorization['signature']>): HipaaAuthorization['signature'] => ({
  ...signature,
  ...changes,
});

export const revokedAt = (receivedAt: string, inWriting = true): ConsentRecord['revocation'] => ({
  received_at: receivedAt,
  in_writing: inWriting,
  via: 'portal',
});

/** A complete authorization for marketing of its own and of the maker's products by email. */
export const authorization = (changes: Partial<HipaaAuthorization> = {}): HipaaAuthorization => ({
  ...captured,
  id: 'au-1',
  evidence_ref: 'doc:au-1',
  type: 'hipaa_authorization',
  information: { described: true, classes: ['diagnosis', 'demographic'] },
  disclosers: ['clinic'],
  recipients: ['clinic', 'maker'],
  purposes: ['marketing.own', 'marketing.third_party'],
  promoted_parties: ['maker'],
  expiration: { kind: 'date', at: '2027-01-01T05:00:00Z', event: null, event_occurred_at: null },
  signature,
  statements: {
    right_to_revoke: true,
    how_to_revoke: true,
    conditioning: true,
    redisclosure: true,
    remuneration: true,
  },
  plain_language: true,
  copy_given: true,
  combined_with: [],
  conditioned_on: [],
  known_false: false,
  channels: ['email'],
  state_form: { ca_56_11: false, ca_longer_term_requested: false, tx_181_154: false },
  ...changes,
});

/** A single consent for treatment, payment and operations without an end. */
export const part2Consent = (changes: Partial<Part2Consent> = {}): Part2Consent => ({
  ...captured,
  id: 'p2-1',
  evidence_ref: 'doc:p2-1',
  type: 'part2_consent',
  patient_named: true,
  disclosers: ['clinic'],
  information_classes: ['sud_part2'],
  recipients: ['my treating providers'],
  purposes: ['tpo'],
  expiration: { kind: 'none', at: null, event: null, event_occurred_at: null },
  signature,
  statements: { right_to_revoke: true, how_to_revoke: true, redisclosure: true, refusal_consequences: true },
  ...changes,
});

export const textConsent = (changes: Partial<TcpaConsent> = {}): TcpaConsent => ({
  ...captured,
  id: 'tc-1',
  evidence_ref: 'doc:tc-1',
  type: 'tcpa_consent',
  level: 'pewc',
  address_id: 'ph-1',
  seller_ids: ['clinic'],
  signed: true,
  automated_disclosed: true,
  not_condition_of_purchase: true,
  ...changes,
});

export const optIn = (changes: Partial<RecordOf<'email_opt_in'>> = {}): RecordOf<'email_opt_in'> => ({
  ...captured,
  id: 'oi-1',
  evidence_ref: 'doc:oi-1',
  type: 'email_opt_in',
  method: 'express',
  sender_ids: ['clinic'],
  topics: ['*'],
  ...changes,
});

export const chdConsent = (changes: Partial<ChdConsent> = {}): ChdConsent => ({
  ...captured,
  id: 'ch-1',
  evidence_ref: 'doc:ch-1',
  type: 'chd_consent',
  kind: 'collect_use',
  classes: ['diagnosis'],
  purposes: ['marketing.own'],
  entity_ids: ['clinic'],
  party_ids: [],
  expires_at: null,
  ...changes,
});

export const noticeAgreement = (
  changes: Partial<RecordOf<'electronic_notice_agreement'>> = {},
): RecordOf<'electronic_notice_agreement'> => ({
  ...captured,
  id: 'en-1',
  evidence_ref: 'doc:en-1',
  type: 'electronic_notice_agreement',
  channels: ['email'],
  ...changes,
});

export const unencryptedPreference = (
  changes: Partial<RecordOf<'unencrypted_preference'>> = {},
): RecordOf<'unencrypted_preference'> => ({
  ...captured,
  id: 'up-1',
  evidence_ref: 'doc:up-1',
  type: 'unencrypted_preference',
  warned: true,
  ...changes,
});
