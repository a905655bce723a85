import {
  appeal,
  campaign,
  newsletter,
  ownService,
  party,
  patient,
  promotion,
  prospect,
  reminder,
  suppression,
  text,
  using,
} from '../builders.ts';
import { authorization, part2Consent, revokedAt, textConsent } from '../forms.ts';
import type { Case } from './case.ts';

const at = '2026-03-30T00:00:00Z';
const sud = using({ segment: ['sud_part2'] });

export const data = {
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
} satisfies Record<string, Case>;
