import { findAuthorization } from './authorization.ts';
import type { BasisCode, PermitCode } from './codes.ts';
import { findChdConsents } from './consumer-health.ts';
import type { MessageClass } from './classify.ts';
import type { Facts } from './derive.ts';
import type { Lookup } from './lookup.ts';
import { findPart2Consent } from './part2.ts';
import { noticeAgreement, optIn } from './rules/basis.ts';
import { unencryptedPreference } from './rules/content.ts';
import { requestInForce } from './rules/wishes.ts';
import { findTextConsent, needsWrittenConsent } from './text-consent.ts';

export type Permit = {
  readonly reason: PermitCode;
  readonly basis: readonly BasisCode[];
  readonly evidence: readonly string[];
};

type Primary = readonly [PermitCode, BasisCode];

/** What carries a message of each class in the HIPAA lane; marketing rests on an authorization or on nothing. */
const primaries: { readonly [C in MessageClass]: Primary | null } = {
  legal_notice: ['PERMIT_LEGAL_NOTICE', 'LEGAL_NOTICE'],
  emergency_safety: ['PERMIT_EMERGENCY', 'HIPAA_TREATMENT'],
  account_security: ['PERMIT_ACCOUNT_SECURITY', 'HIPAA_OPERATIONS'],
  fundraising: ['PERMIT_FUNDRAISING', 'HIPAA_FUNDRAISING'],
  treatment: ['PERMIT_TREATMENT', 'HIPAA_TREATMENT'],
  refill: ['PERMIT_REFILL_REMINDER', 'HIPAA_REFILL_REMINDER'],
  payment: ['PERMIT_PAYMENT', 'HIPAA_PAYMENT'],
  operations: ['PERMIT_OPERATIONS', 'HIPAA_OPERATIONS'],
  marketing: null,
  marketing_paid: null,
};

const consumerPrimary = ({ message, policy }: Facts): Primary => {
  if (message.purpose === 'account_security') return ['PERMIT_ACCOUNT_SECURITY', 'CAN_SPAM_TRANSACTIONAL'];
  if (!policy.require_opt_in_consumer) return ['PERMIT_CONSUMER', 'CAN_SPAM_OPT_OUT'];
  return ['PERMIT_CONSUMER', message.channel === 'email' ? 'CONSUMER_OPT_IN' : 'TCPA_PEWC'];
};

const primaryOf = (facts: Facts, authorized: boolean): Primary | null => {
  if (!facts.hipaa) return consumerPrimary(facts);
  if (authorized) return ['PERMIT_AUTHORIZED', 'HIPAA_AUTHORIZATION'];
  const plan = facts.message.sender.entity_type === 'health_plan';
  return facts.class === 'emergency_safety' && plan ? ['PERMIT_EMERGENCY', 'HIPAA_OPERATIONS'] : primaries[facts.class];
};

type Held = { readonly id: string } | null;

const held = <R extends { readonly id: string }>(lookup: Lookup<R> | null): Held =>
  lookup !== null && 'record' in lookup ? lookup.record : null;

const readerBasis: { readonly [R in Facts['message']['addressee']]: BasisCode | null } = {
  individual: null,
  personal_representative: 'PERSONAL_REPRESENTATIVE',
  involved_person: 'INVOLVED_PERSON',
};

/** The records the permit relies on, each with the basis it adds beside the primary one. */
const supports = (facts: Facts): readonly (readonly [BasisCode | null, Held])[] => {
  const { addressee, addressee_record_id: readerId } = facts.message;
  const code = readerBasis[addressee];
  return [
    [code, code !== null && readerId !== null ? { id: readerId } : null],
    ['CONFIDENTIAL_COMMUNICATION', requestInForce(facts)],
    ['PART2_CONSENT', held(findPart2Consent(facts))],
    ['UNENCRYPTED_PREFERENCE', unencryptedPreference(facts)],
    [needsWrittenConsent(facts) ? 'TCPA_PEWC' : 'TCPA_PEC', held(findTextConsent(facts))],
    ['ELECTRONIC_NOTICE_AGREEMENT', noticeAgreement(facts)],
    ['CONSUMER_OPT_IN', optIn(facts)],
    ...findChdConsents(facts).map((lookup) => ['CHD_CONSENT', held(lookup)] as const),
  ];
};

/**
 * The permit of a message against which no rule spoke: why it may go, the primary basis first, and every record it
 * relies on. Null when the message has no basis after all.
 */
export const permitFor = (facts: Facts): Permit | null => {
  const authorization = held(findAuthorization(facts));
  const primary = primaryOf(facts, authorization !== null);
  if (primary === null) return null;
  const [reason, first] = primary;
  const basis = new Set<BasisCode>([first]);
  const evidence = new Set<string>(authorization === null ? [] : [authorization.id]);
  for (const [code, record] of supports(facts)) {
    if (record === null) continue;
    if (code !== null) basis.add(code);
    evidence.add(record.id);
  }
  return { reason, basis: [...basis], evidence: [...evidence] };
};
