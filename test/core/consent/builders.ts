import type { Contact } from '../../../lib/core/consent/contact.ts';
import type { Message, Promotion, ThirdParty } from '../../../lib/core/consent/message.ts';
import type {
  ChdConsent,
  ConsentRecord,
  HipaaAuthorization,
  Part2Consent,
  TcpaConsent,
} from '../../../lib/core/consent/records.ts';

type RecordOf<T extends ConsentRecord['type']> = Extract<ConsentRecord, { type: T }>;

/** Thursday noon in New York, daylight saving time. */
export const noon = '2026-04-02T16:00:00Z';

export const email: Contact['addresses'][number] = {
  address_id: 'em-1',
  channel: 'email',
  holder: 'individual',
  holder_record_id: null,
  verified: true,
  bounce: null,
  complaint: null,
  reassigned: null,
};

export const phone: Contact['addresses'][number] = { ...email, address_id: 'ph-1', channel: 'sms' };

/** An adult patient in Ohio with a verified email address and telephone number, and nothing else on record. */
export const patient = (changes: Partial<Contact> = {}): Contact => ({
  contact_id: 'ct-1',
  relationship: 'patient',
  state: 'OH',
  time_zone: 'America/New_York',
  birth_date: '1979-04-12',
  emancipated: false,
  deceased: null,
  addresses: [email, phone],
  suppressions: [],
  restrictions: [],
  confidential_communications: [],
  personal_representatives: [],
  involved_persons: [],
  minor_consented_services: [],
  consents: [],
  send_history: [],
  ...changes,
});

export const child = (changes: Partial<Contact> = {}): Contact => patient({ birth_date: '2012-09-30', ...changes });

const phi: Message['phi'] = {
  content: [],
  detected_in_content: [],
  subject: [],
  segment: [],
  inferred: [],
  service_items: [],
  claimed_deidentified: false,
};

export const using = (changes: Partial<Message['phi']>): Message['phi'] => ({ ...phi, ...changes });

export const clinic: Message['sender'] = {
  entity_id: 'clinic',
  entity_type: 'provider',
  part2_program: false,
  npp_fundraising_statement: true,
  platform_agreement: true,
};

const goodForm: Message['form'] = {
  truthful_headers: true,
  physical_address: true,
  visible_unsubscribe: true,
  one_click_unsubscribe: true,
  fundraising_opt_out: true,
  ca_remuneration_notice: false,
};

export const formWith = (changes: Partial<Message['form']>): Message['form'] => ({ ...goodForm, ...changes });

/** An appointment reminder by email, neutral in content. */
export const reminder = (changes: Partial<Message> = {}): Message => ({
  message_id: 'msg-1',
  journey_id: 'jr-1',
  channel: 'email',
  to_address_id: 'em-1',
  addressee: 'individual',
  addressee_record_id: null,
  purpose: 'appointment_reminder',
  topic: null,
  sender: clinic,
  data_origin: 'covered_entity_records',
  phi,
  promotions: [],
  third_parties: [],
  form: goodForm,
  delivery: { encryption: 'tls_required' },
  stream: { complaint_rate: 0.0004 },
  ...changes,
});

export const text = (changes: Partial<Message> = {}): Message =>
  reminder({ channel: 'sms', to_address_id: 'ph-1', ...changes });

export const unpaid: Promotion['remuneration'] = {
  kind: 'none',
  payer: 'none',
  payee: null,
  amount_cents: null,
  reasonable_cost_cents: null,
  fair_market_value_cents: null,
};

export const paid = (changes: Partial<Promotion['remuneration']> = {}): Promotion['remuneration'] => ({
  kind: 'financial',
  payer: 'product_owner',
  payee: 'covered_entity',
  amount_cents: 500,
  reasonable_cost_cents: 100,
  fair_market_value_cents: null,
  ...changes,
});

export const promotion = (changes: Partial<Promotion> = {}): Promotion => ({
  promotion_id: 'pr-1',
  what: 'own_health_service',
  owner_id: 'clinic',
  individualized_treatment: false,
  drug_relation: null,
  lapsed_on: null,
  remuneration: unpaid,
  ca_chronic_condition: false,
  ...changes,
});

export const drug = (changes: Partial<Promotion> = {}): Promotion =>
  promotion({ what: 'drug', owner_id: 'maker', drug_relation: 'current', ...changes });

export const device = promotion({ what: 'third_party', owner_id: 'maker', remuneration: paid() });

/** An unpaid announcement of the clinic's own service: commercial email, and not HIPAA marketing. */
export const ownService = (changes: Partial<Message> = {}): Message =>
  reminder({ purpose: 'own_service_info', topic: 'news', promotions: [promotion()], ...changes });

/** Paid marketing of another party's device. */
export const campaign = (changes: Partial<Message> = {}): Message =>
  reminder({ purpose: 'marketing', topic: 'devices', promotions: [device], ...changes });

export const appeal = (changes: Partial<Message> = {}): Message => reminder({ purpose: 'fundraising', ...changes });

export const party = (changes: Partial<ThirdParty> = {}): ThirdParty => ({
  entity_id: 'maker',
  role: 'partner',
  receives_phi: true,
  agreement: true,
  pays_for_phi: false,
  ...changes,
});

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
  statements: { right_to_revoke: true, how_to_revoke: true, conditioning: true, redisclosure: true, remuneration: true },
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

export const parent = (
  changes: Partial<Contact['personal_representatives'][number]> = {},
): Contact['personal_representatives'][number] => ({
  id: 'rep-1',
  authority: 'parent',
  documented_at: '2024-01-10T15:00:00Z',
  ends_at: null,
  scope_classes: ['*'],
  blocked: null,
  ...changes,
});

export const parentEmail: Contact['addresses'][number] = {
  ...email,
  holder: 'personal_representative',
  holder_record_id: 'rep-1',
};

export const toParent: Partial<Message> = { addressee: 'personal_representative', addressee_record_id: 'rep-1' };

export const sister = (
  changes: Partial<Contact['involved_persons'][number]> = {},
): Contact['involved_persons'][number] => ({
  id: 'inv-1',
  agreed_at: '2026-02-01T15:00:00Z',
  ended_at: null,
  classes: ['appointment_logistics'],
  ...changes,
});

export const sisterEmail: Contact['addresses'][number] = {
  ...email,
  holder: 'involved_person',
  holder_record_id: 'inv-1',
};

export const toSister: Partial<Message> = { addressee: 'involved_person', addressee_record_id: 'inv-1' };

export const suppression = (
  scope: Contact['suppressions'][number]['scope'],
  changes: Partial<Contact['suppressions'][number]> = {},
): Contact['suppressions'][number] => ({
  id: `su-${scope}`,
  scope,
  topic: null,
  received_at: '2026-02-01T09:00:00Z',
  released_at: null,
  source: 'unsubscribe',
  ...changes,
});

export const restriction = (
  changes: Partial<Contact['restrictions'][number]> = {},
): Contact['restrictions'][number] => ({
  id: 're-1',
  kind: 'agreed',
  uses: ['all'],
  classes: ['*'],
  items: [],
  agreed_at: '2026-02-02T10:00:00Z',
  terminated_at: null,
  terminated_by: null,
  ...changes,
});

export const request = (
  changes: Partial<Contact['confidential_communications'][number]> = {},
): Contact['confidential_communications'][number] => ({
  id: 'cc-1',
  received_at: '2026-01-15T12:00:00Z',
  ended_at: null,
  address_ids: ['em-1'],
  ...changes,
});

/** A subscriber who never was a patient, and the clinic's newsletter to people it knows from its web site. */
export const prospect = (changes: Partial<Contact> = {}): Contact =>
  patient({ relationship: 'prospect', birth_date: null, consents: [optIn()], ...changes });

export const newsletter = (changes: Partial<Message> = {}): Message =>
  ownService({ purpose: 'marketing', data_origin: 'consumer_direct', ...changes });
