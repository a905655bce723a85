import type { Contact } from '../../../lib/core/consent/contact.ts';
import type { Message, ThirdParty } from '../../../lib/core/consent/message.ts';
import type { Promotion } from '../../../lib/core/consent/promotion.ts';
import { optIn } from './forms.ts';

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
