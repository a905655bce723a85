import type { Contact } from '../../../../lib/core/consent/contact.ts';
import {
  appeal,
  campaign,
  clinic,
  formWith,
  newsletter,
  noon,
  party,
  patient,
  prospect,
  reminder,
  using,
} from '../builders.ts';
import { authorization, chdConsent, noticeAgreement, optIn, revokedAt, textConsent } from '../forms.ts';
import type { Case } from './case.ts';

const at = '2026-03-30T00:00:00Z';
const withForm = (changes: Parameters<typeof authorization>[0]): Contact =>
  patient({ consents: [authorization(changes)] });
const diagnosed = using({ segment: ['diagnosis'] });

export const basis = {
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
} satisfies Record<string, Case>;
