import type { BasisCode, DenyCode, PermitCode } from '../../../lib/core/consent/codes.ts';
import type { Contact } from '../../../lib/core/consent/contact.ts';
import type { Message } from '../../../lib/core/consent/message.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import {
  appeal,
  authorization,
  campaign,
  chdConsent,
  child,
  clinic,
  device,
  drug,
  email,
  formWith,
  newsletter,
  noticeAgreement,
  noon,
  optIn,
  ownService,
  paid,
  parent,
  parentEmail,
  part2Consent,
  party,
  patient,
  phone,
  promotion,
  prospect,
  reminder,
  request,
  restriction,
  revokedAt,
  signedWith,
  sister,
  sisterEmail,
  suppression,
  text,
  textConsent,
  toParent,
  toSister,
  unencryptedPreference,
  using,
} from './builders.ts';

export type Case = {
  readonly name: string;
  readonly contact: Contact;
  readonly message: Message;
  readonly now?: string;
  readonly policy?: Partial<Policy>;
  readonly basis?: readonly BasisCode[];
  readonly evidence?: readonly string[];
  readonly retryAt?: string;
};

const at = '2026-03-30T00:00:00Z';
const sud = using({ segment: ['sud_part2'] });
const withForm = (changes: Parameters<typeof authorization>[0]): Contact => patient({ consents: [authorization(changes)] });
const diagnosed = using({ segment: ['diagnosis'] });
const refill = (changes: Partial<Message> = {}): Message =>
  reminder({ purpose: 'refill_reminder', promotions: [drug()], ...changes });

/** One case a reason. The type asks for a case as soon as a code is added. */
export const cases: { readonly [C in DenyCode | PermitCode]: Case } = {
  INPUT_INVALID: {
    name: 'a message to an address the contact does not have is invalid',
    contact: patient(),
    message: reminder({ to_address_id: 'em-2' }),
  },
  UNSUPPORTED_PURPOSE: {
    name: 'recruiting for research is recognised and not supported',
    contact: patient(),
    message: reminder({ purpose: 'research_recruitment' }),
  },
  CONTACT_DECEASED: {
    name: 'nothing goes to a person whose death is recorded',
    contact: patient({ deceased: { id: 'de-1', recorded_at: at } }),
    message: reminder(),
    evidence: ['de-1'],
  },
  SUPPRESSED_ALL: {
    name: 'a person who wants nothing gets nothing',
    contact: patient({ suppressions: [suppression('all'), suppression('all', { id: 'su-2' })] }),
    message: reminder(),
    evidence: ['su-all', 'su-2'],
  },
  ADDRESS_REASSIGNED: {
    name: 'a number that was given to somebody else gets no text',
    contact: patient({ addresses: [{ ...phone, reassigned: { id: 'ra-1', at } }], consents: [textConsent()] }),
    message: text(),
    evidence: ['ra-1'],
  },
  ADDRESS_HARD_BOUNCE: {
    name: 'an address that bounced hard is not tried again',
    contact: patient({ addresses: [{ ...email, bounce: { id: 'bo-1', kind: 'hard', at } }] }),
    message: reminder(),
    evidence: ['bo-1'],
  },
  ADDRESS_COMPLAINT: {
    name: 'a complaint stops care messages too',
    contact: patient({ addresses: [{ ...email, complaint: { id: 'co-1', at } }] }),
    message: reminder(),
    evidence: ['co-1'],
  },
  ADDRESS_UNVERIFIED: {
    name: 'a patient is not written to at an address nobody verified',
    contact: patient({ addresses: [{ ...email, verified: false }] }),
    message: reminder(),
  },
  ADDRESS_HOLDER_MISMATCH: {
    name: "a message for the patient does not go to the parent's address",
    contact: child({ addresses: [parentEmail], personal_representatives: [parent()] }),
    message: reminder(),
  },
  MINOR_MARKETING: {
    name: "a child's data sells nothing, not to the parent either",
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent()],
      consents: [authorization({ signature: signedWith({ signer: 'personal_representative' }) })],
    }),
    message: campaign(toParent),
  },
  MINOR_DIRECT: {
    name: 'a child is not written to directly',
    contact: child(),
    message: reminder(),
  },
  PR_NOT_ACTIVE: {
    name: 'a parent no longer speaks for a grown child',
    contact: patient({ addresses: [parentEmail], personal_representatives: [parent()] }),
    message: reminder(toParent),
    evidence: ['rep-1'],
  },
  PR_BLOCKED: {
    name: 'a representative who may endanger the child gets nothing',
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent({ blocked: { id: 'bl-1', at } })],
    }),
    message: reminder(toParent),
    evidence: ['bl-1'],
  },
  PR_MINOR_CONSENTED_SERVICE: {
    name: 'a parent does not hear of a service to which the child consented alone',
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent()],
      minor_consented_services: ['svc-1'],
    }),
    message: reminder({ ...toParent, phi: using({ service_items: ['svc-1'] }) }),
    evidence: ['rep-1'],
  },
  PR_SCOPE: {
    name: 'a representative hears only of the data the authority covers',
    contact: child({
      addresses: [parentEmail],
      personal_representatives: [parent({ scope_classes: ['appointment_logistics'] })],
    }),
    message: reminder({ ...toParent, phi: using({ segment: ['treating_clinician'] }) }),
    evidence: ['rep-1'],
  },
  INVOLVED_PERSON_NOT_PERMITTED: {
    name: 'an involved relative hears only what the patient agreed to',
    contact: patient({ addresses: [sisterEmail], involved_persons: [sister()] }),
    message: reminder({ ...toSister, phi: using({ content: ['appointment_detail'] }) }),
    evidence: ['inv-1'],
  },
  CONFIDENTIAL_COMMUNICATION: {
    name: 'a request for another address is obeyed',
    contact: patient({ confidential_communications: [request({ address_ids: ['em-2'] })] }),
    message: reminder(),
    evidence: ['cc-1'],
  },
  RESTRICTION_OOP_HEALTH_PLAN: {
    name: 'a plan does not hear of what the patient paid for',
    contact: patient({ restrictions: [restriction({ kind: 'oop_health_plan', items: ['svc-1'] })] }),
    message: reminder({
      purpose: 'billing',
      phi: using({ service_items: ['svc-1'] }),
      third_parties: [party({ role: 'health_plan' })],
    }),
    evidence: ['re-1'],
  },
  RESTRICTION_AGREED: {
    name: 'an agreed restriction binds the uses and data it names',
    contact: patient({ restrictions: [restriction({ uses: ['treatment'], classes: ['diagnosis'] })] }),
    message: reminder({ purpose: 'care_coordination', phi: diagnosed }),
    evidence: ['re-1'],
  },
  LIST_SOURCE_NOT_PERMITTED: {
    name: 'a bought list is not written to',
    contact: prospect(),
    message: newsletter({ data_origin: 'third_party_list' }),
  },
  PSYCHOTHERAPY_NOTES: {
    name: 'psychotherapy notes choose nobody',
    contact: patient(),
    message: reminder({ purpose: 'care_coordination', phi: using({ inferred: ['psychotherapy_notes'] }) }),
  },
  SUD_COUNSELING_NOTES: {
    name: 'counseling notes choose nobody',
    contact: patient(),
    message: reminder({ purpose: 'care_coordination', phi: using({ segment: ['sud_counseling_notes'] }) }),
  },
  PROCESSOR_AGREEMENT_MISSING: {
    name: 'a tracker without an agreement sees no patient',
    contact: patient(),
    message: reminder({ third_parties: [party({ role: 'tracker', agreement: false })] }),
  },
  SALE_OF_PHI: {
    name: 'nobody buys data about patients',
    contact: patient(),
    message: reminder({ third_parties: [party({ receives_phi: false, pays_for_phi: true })] }),
  },
  PART2_CONSENT_MISSING: {
    name: 'choosing readers by substance-use records needs a consent',
    contact: patient(),
    message: reminder({ purpose: 'care_coordination', phi: sud }),
  },
  PART2_CONSENT_REVOKED: {
    name: 'a revoked Part 2 consent carries nothing',
    contact: patient({ consents: [part2Consent({ revocation: revokedAt(at) })] }),
    message: reminder({ purpose: 'care_coordination', phi: sud }),
    evidence: ['p2-1'],
  },
  PART2_CONSENT_EXPIRED: {
    name: 'a Part 2 consent ends with the event it names',
    contact: patient({
      consents: [part2Consent({ expiration: { kind: 'event', at: null, event: 'discharge', event_occurred_at: at } })],
    }),
    message: reminder({ purpose: 'care_coordination', phi: sud }),
    evidence: ['p2-1'],
  },
  PART2_CONSENT_DEFECTIVE: {
    name: 'a Part 2 consent names the patient',
    contact: patient({ consents: [part2Consent({ patient_named: false })] }),
    message: reminder({ purpose: 'care_coordination', phi: sud }),
    evidence: ['p2-1'],
  },
  PART2_CONSENT_SCOPE: {
    name: 'a consent for treatment does not reach marketing',
    contact: patient({ consents: [part2Consent(), authorization()] }),
    message: campaign({ phi: sud }),
    evidence: ['p2-1'],
  },
  SMS_PHI_CONTENT: {
    name: 'a text says nothing about health or appointments',
    contact: patient({ consents: [textConsent()] }),
    message: text({ phi: using({ detected_in_content: ['appointment_logistics'] }) }),
  },
  SUBJECT_PHI: {
    name: 'a subject line names no appointment',
    contact: patient(),
    message: reminder({ phi: using({ subject: ['appointment_logistics'] }) }),
  },
  SENSITIVE_CONTENT: {
    name: 'a laboratory result stays behind the portal',
    contact: patient(),
    message: reminder({ purpose: 'care_coordination', phi: using({ content: ['lab_result'] }) }),
  },
  UNENCRYPTED_PHI: {
    name: 'health data does not travel in plain text',
    contact: patient(),
    message: reminder({
      phi: using({ content: ['appointment_logistics'] }),
      delivery: { encryption: 'opportunistic' },
    }),
  },
  OPTED_OUT_FUNDRAISING: {
    name: 'an opt-out from fundraising is final',
    contact: patient({ suppressions: [suppression('fundraising')] }),
    message: appeal(),
    evidence: ['su-fundraising'],
  },
  OPTED_OUT_COMMERCIAL: {
    name: "an unsubscribed patient hears nothing of the clinic's services",
    contact: patient({ suppressions: [suppression('commercial')] }),
    message: ownService(),
    evidence: ['su-commercial'],
  },
  OPTED_OUT_TOPIC: {
    name: 'an opt-out from a topic stops that topic',
    contact: patient({ suppressions: [suppression('topic', { topic: 'news' })] }),
    message: ownService(),
    evidence: ['su-topic'],
  },
  OPTED_OUT_SMS: {
    name: 'STOP stops every text',
    contact: patient({ consents: [textConsent()], suppressions: [suppression('sms')] }),
    message: text(),
    evidence: ['su-sms'],
  },
  SMS_CONSENT_MISSING: {
    name: 'consent to informational texts does not reach a commercial one',
    contact: patient({ consents: [textConsent({ level: 'pec' })] }),
    message: text({ purpose: 'own_service_info', promotions: [promotion()] }),
  },
  SMS_CONSENT_REVOKED: {
    name: 'consent to texts may be revoked by word of mouth whatever the policy says',
    contact: patient({ consents: [textConsent({ revocation: revokedAt(at, false) })] }),
    message: text(),
    policy: { honor_any_revocation: false },
    evidence: ['tc-1'],
  },
  SMS_CONSENT_DEFECTIVE: {
    name: 'a commercial text needs a consent that tells of automation',
    contact: patient({ consents: [textConsent({ automated_disclosed: false })] }),
    message: text({ purpose: 'own_service_info', promotions: [promotion()] }),
    evidence: ['tc-1'],
  },
  ELECTRONIC_NOTICE_NOT_AGREED: {
    name: 'a legal notice goes by email only to those who agreed',
    contact: patient({ consents: [noticeAgreement({ revocation: revokedAt(at) })] }),
    message: reminder({ purpose: 'legal_notice' }),
    evidence: ['en-1'],
  },
  NO_BASIS: {
    name: 'a prospect gets no care messages',
    contact: prospect(),
    message: reminder({ data_origin: 'consumer_direct' }),
  },
  OPT_IN_MISSING: {
    name: 'a box ticked in advance is no opt-in',
    contact: prospect({ consents: [optIn({ method: 'prechecked' })] }),
    message: newsletter(),
    evidence: ['oi-1'],
  },
  CHD_CONSENT_MISSING: {
    name: 'quiz answers choose readers only with consent',
    contact: prospect(),
    message: newsletter({ phi: diagnosed }),
  },
  CHD_SHARE_CONSENT_MISSING: {
    name: 'sharing quiz answers needs a consent of its own',
    contact: prospect({ consents: [optIn(), chdConsent()] }),
    message: newsletter({ phi: diagnosed, third_parties: [party()] }),
  },
  CHD_CONSENT_REVOKED: {
    name: 'a revoked consent to the use of consumer health data carries nothing',
    contact: prospect({ consents: [optIn(), chdConsent({ revocation: revokedAt(at) })] }),
    message: newsletter({ phi: diagnosed }),
    evidence: ['ch-1'],
  },
  CHD_CONSENT_EXPIRED: {
    name: 'a consent to the use of consumer health data ends when it says',
    contact: prospect({ consents: [optIn(), chdConsent({ expires_at: noon })] }),
    message: newsletter({ phi: diagnosed }),
    evidence: ['ch-1'],
  },
  CHD_CONSENT_SCOPE: {
    name: 'a consent to the use of a diagnosis does not reach medication',
    contact: prospect({ consents: [optIn(), chdConsent()] }),
    message: newsletter({ phi: using({ inferred: ['medication'] }) }),
    evidence: ['ch-1'],
  },
  FUNDRAISING_NPP_STATEMENT: {
    name: 'fundraising must be announced in the notice of privacy practices',
    contact: patient(),
    message: appeal({ sender: { ...clinic, npp_fundraising_statement: false } }),
  },
  FUNDRAISING_OPT_OUT_OFFER: {
    name: 'an appeal offers an opt-out',
    contact: patient(),
    message: appeal({ form: formWith({ fundraising_opt_out: false }) }),
  },
  AUTH_MISSING: {
    name: 'paid marketing without an authorization does not go out',
    contact: patient(),
    message: campaign(),
  },
  AUTH_REVOKED: {
    name: 'a revocation received at the instant of sending counts',
    contact: withForm({ revocation: revokedAt(noon) }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_EXPIRED: {
    name: 'an authorization that ends at the instant of sending has ended',
    contact: withForm({ expiration: { kind: 'date', at: noon, event: null, event_occurred_at: null } }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_INCOMPLETE: {
    name: 'an authorization without an end is incomplete',
    contact: withForm({ expiration: { kind: 'none', at: null, event: null, event_occurred_at: null } }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_STATEMENT_MISSING: {
    name: 'an authorization is in plain language',
    contact: withForm({ plain_language: false }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_COMPOUND: {
    name: 'an authorization is no paragraph of another form',
    contact: withForm({ combined_with: ['hipaa_authorization', 'treatment_consent'] }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_CONDITIONED: {
    name: 'an authorization is not the price of treatment',
    contact: withForm({ conditioned_on: ['treatment'] }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_FALSE_INFORMATION: {
    name: 'an authorization known to be false carries nothing',
    contact: withForm({ known_false: true }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_SIGNER_AUTHORITY: {
    name: 'a form signed before coming of age is signed again',
    contact: { ...withForm({}), birth_date: '2008-02-01' },
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_REMUNERATION_STATEMENT_MISSING: {
    name: 'an authorization for paid marketing says that it is paid',
    contact: withForm({ statements: { ...authorization().statements, remuneration: false } }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_SCOPE_DISCLOSER: {
    name: 'an authorization of another clinic carries nothing here',
    contact: withForm({ disclosers: ['other-clinic'] }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_SCOPE_PARTNER: {
    name: 'an authorization names the party whose product is promoted',
    contact: withForm({ promoted_parties: ['other-maker'] }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_SCOPE_PURPOSE: {
    name: "an authorization for the clinic's own marketing does not reach a third party's",
    contact: withForm({ purposes: ['marketing.own'] }),
    message: campaign(),
    evidence: ['au-1'],
  },
  AUTH_SCOPE_DATA_CLASS: {
    name: 'an inferred diagnosis is a diagnosis',
    contact: withForm({ information: { described: true, classes: ['demographic'] } }),
    message: campaign({ phi: using({ segment: ['demographic'], inferred: ['diagnosis'] }) }),
    evidence: ['au-1'],
  },
  AUTH_SCOPE_CHANNEL: {
    name: 'an authorization for email does not reach a text',
    contact: patient({ consents: [authorization(), textConsent()] }),
    message: campaign({ channel: 'sms', to_address_id: 'ph-1' }),
    evidence: ['au-1'],
  },
  AUTH_STATE_FORM: {
    name: 'California has its own form',
    contact: { ...withForm({}), state: 'CA' },
    message: campaign(),
    evidence: ['au-1'],
  },
  FUNDRAISING_CLASS_NOT_PERMITTED: {
    name: 'a diagnosis does not choose donors',
    contact: patient(),
    message: appeal({ phi: diagnosed }),
  },
  STATE_CA_CMIA_MARKETING: {
    name: 'in California a refill reminder at cost is marketing',
    contact: patient({ state: 'CA' }),
    message: refill({ promotions: [drug({ remuneration: paid({ amount_cents: 100 }) })] }),
  },
  MINIMUM_NECESSARY: {
    name: 'a security notice carries no health data',
    contact: patient(),
    message: reminder({ purpose: 'account_security', phi: using({ content: ['medication'] }) }),
  },
  DECEPTIVE_HEADERS: {
    name: 'the headers of a reminder are truthful too',
    contact: patient(),
    message: reminder({ form: formWith({ truthful_headers: false }) }),
  },
  POSTAL_ADDRESS_MISSING: {
    name: 'an appeal shows a postal address',
    contact: patient(),
    message: appeal({ form: formWith({ physical_address: false }) }),
  },
  UNSUBSCRIBE_MISSING: {
    name: 'commercial email shows how to unsubscribe',
    contact: patient(),
    message: ownService({ form: formWith({ visible_unsubscribe: false }) }),
  },
  ONE_CLICK_MISSING: {
    name: 'commercial email carries the header of one-click unsubscribe',
    contact: patient(),
    message: ownService({ form: formWith({ one_click_unsubscribe: false }) }),
  },
  STREAM_COMPLAINT_RATE: {
    name: 'a stream with three complaints in a thousand stops',
    contact: patient(),
    message: ownService({ stream: { complaint_rate: 0.003 } }),
  },
  TIME_ZONE_UNKNOWN: {
    name: 'no text goes to a person whose local time is unknown',
    contact: patient({ time_zone: null, consents: [textConsent()] }),
    message: text(),
  },
  QUIET_HOURS: {
    name: 'a text at nine in the evening waits for eight in the morning',
    contact: patient({ consents: [textConsent()] }),
    message: text(),
    now: '2026-04-03T01:00:00Z',
    retryAt: '2026-04-03T12:00:00Z',
  },
  FREQUENCY_CAP: {
    name: 'a second text within a day waits until the day is over',
    contact: patient({
      consents: [textConsent()],
      send_history: [{ at: '2026-04-01T16:00:01Z', channel: 'sms', commercial: false }],
    }),
    message: text(),
    retryAt: '2026-04-02T16:00:01Z',
  },
  PERMIT_LEGAL_NOTICE: {
    name: 'a legal notice goes to those who agreed to receive it so',
    contact: patient({ consents: [noticeAgreement()] }),
    message: reminder({ purpose: 'legal_notice' }),
    basis: ['LEGAL_NOTICE', 'ELECTRONIC_NOTICE_AGREEMENT'],
    evidence: ['en-1'],
  },
  PERMIT_EMERGENCY: {
    name: 'an emergency text needs no consent and knows no hours',
    contact: patient({ suppressions: [suppression('sms')] }),
    message: text({ purpose: 'emergency_safety' }),
    now: '2026-04-03T06:00:00Z',
    basis: ['HIPAA_TREATMENT'],
  },
  PERMIT_ACCOUNT_SECURITY: {
    name: 'a security notice goes to an unverified address',
    contact: patient({ addresses: [{ ...email, verified: false }] }),
    message: reminder({ purpose: 'account_security' }),
    basis: ['HIPAA_OPERATIONS'],
  },
  PERMIT_AUTHORIZED: {
    name: 'paid marketing goes out on a complete authorization',
    contact: withForm({}),
    message: campaign({ promotions: [device], phi: diagnosed }),
    basis: ['HIPAA_AUTHORIZATION'],
    evidence: ['au-1'],
  },
  PERMIT_FUNDRAISING: {
    name: 'an appeal may choose by department',
    contact: patient(),
    message: appeal({ phi: using({ segment: ['department_of_service'] }) }),
    basis: ['HIPAA_FUNDRAISING'],
  },
  PERMIT_TREATMENT: {
    name: 'a warned patient may have a reminder in plain text at the address asked for',
    contact: patient({
      confidential_communications: [request()],
      consents: [unencryptedPreference()],
    }),
    message: reminder({
      phi: using({ content: ['appointment_logistics'] }),
      delivery: { encryption: 'opportunistic' },
    }),
    basis: ['HIPAA_TREATMENT', 'CONFIDENTIAL_COMMUNICATION', 'UNENCRYPTED_PREFERENCE'],
    evidence: ['cc-1', 'up-1'],
  },
  PERMIT_REFILL_REMINDER: {
    name: 'a refill reminder paid at cost goes out',
    contact: patient(),
    message: refill({ promotions: [drug({ remuneration: paid({ amount_cents: 100 }) })] }),
    basis: ['HIPAA_REFILL_REMINDER'],
  },
  PERMIT_PAYMENT: {
    name: 'a bill reminder goes to the involved sister',
    contact: patient({ addresses: [sisterEmail], involved_persons: [sister({ classes: ['billing_claims'] })] }),
    message: reminder({ ...toSister, purpose: 'billing', phi: using({ content: ['billing_claims'] }) }),
    basis: ['HIPAA_PAYMENT', 'INVOLVED_PERSON'],
    evidence: ['inv-1'],
  },
  PERMIT_OPERATIONS: {
    name: 'a survey goes to the parent of a child',
    contact: child({ addresses: [parentEmail], personal_representatives: [parent()] }),
    message: reminder({ ...toParent, purpose: 'satisfaction_survey' }),
    basis: ['HIPAA_OPERATIONS', 'PERSONAL_REPRESENTATIVE'],
    evidence: ['rep-1'],
  },
  PERMIT_CONSUMER: {
    name: 'a newsletter goes to a subscriber with consent to use and sharing',
    contact: prospect({
      consents: [optIn(), chdConsent(), chdConsent({ id: 'ch-2', kind: 'share', party_ids: ['maker'] })],
    }),
    message: newsletter({ phi: diagnosed, third_parties: [party()] }),
    basis: ['CONSUMER_OPT_IN', 'CHD_CONSENT'],
    evidence: ['oi-1', 'ch-1', 'ch-2'],
  },
};
