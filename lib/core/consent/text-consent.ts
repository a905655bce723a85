import type { Facts } from './derive.ts';
import { occurred } from './when.ts';
import { candidates, type Lookup, lookUp } from './lookup.ts';
import type { TcpaConsent } from './records.ts';
import type { Check } from './rule.ts';

/** Commercial, marketing and fundraising texts need the written form, 47 CFR 64.1200(a)(2) and (f)(9). */
export const needsWrittenConsent = ({ commercial, marketing, fundraising }: Facts): boolean =>
  commercial || marketing || fundraising;

/**
 * A text may be revoked by any reasonable means whatever the policy says of revocations in writing: that way is law
 * here, 47 CFR 64.1200(a)(10).
 */
export const textConsentChecks: readonly Check<TcpaConsent>[] = [
  {
    code: 'SMS_CONSENT_REVOKED',
    kind: 'law',
    cite: '47 CFR 64.1200(a)(10)',
    fails: ({ revocation }, { now }) => revocation !== null && occurred(now, revocation.received_at),
  },
  {
    code: 'SMS_CONSENT_DEFECTIVE',
    kind: 'law',
    cite: '47 CFR 64.1200(f)(9)',
    fails: (consent, facts) =>
      needsWrittenConsent(facts) &&
      !(consent.signed && consent.automated_disclosed && consent.not_condition_of_purchase),
  },
];

/**
 * The consent to texts at this number from this sender; null for email and in an emergency. The health-care exemptions
 * of 64.1200(a)(2) and (a)(9)(iv) are not relied on.
 */
export const findTextConsent = (facts: Facts): Lookup<TcpaConsent> | null => {
  const { message } = facts;
  if (message.channel !== 'sms' || message.purpose === 'emergency_safety') return null;
  const written = needsWrittenConsent(facts);
  const fits = (consent: TcpaConsent): boolean =>
    consent.address_id === message.to_address_id &&
    consent.seller_ids.includes(message.sender.entity_id) &&
    (!written || consent.level === 'pewc');
  return lookUp(candidates(facts, 'tcpa_consent', fits), 'SMS_CONSENT_MISSING', textConsentChecks, facts);
};
