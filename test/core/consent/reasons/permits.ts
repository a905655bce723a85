import type { Contact } from '../../../../lib/core/consent/contact.ts';
import type { Message } from '../../../../lib/core/consent/message.ts';
import {
  appeal,
  campaign,
  child,
  device,
  drug,
  email,
  newsletter,
  paid,
  parent,
  parentEmail,
  party,
  patient,
  prospect,
  reminder,
  request,
  sister,
  sisterEmail,
  suppression,
  text,
  toParent,
  toSister,
  using,
} from '../builders.ts';
import { authorization, chdConsent, noticeAgreement, optIn, unencryptedPreference } from '../forms.ts';
import type { Case } from './case.ts';

const withForm = (changes: Parameters<typeof authorization>[0]): Contact =>
  patient({ consents: [authorization(changes)] });
const diagnosed = using({ segment: ['diagnosis'] });
const refill = (changes: Partial<Message> = {}): Message =>
  reminder({ purpose: 'refill_reminder', promotions: [drug()], ...changes });

export const permits = {
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
} satisfies Record<string, Case>;
