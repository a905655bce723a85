import { classSet, meets } from './classes.ts';
import { hasExpiry, isExpired } from './expiration.ts';
import { purposeCodeOf } from './classify.ts';
import { type Facts, marketedPromotions } from './derive.ts';
import { occurred } from './when.ts';
import { candidates, covers, isSwept, type Lookup, lookUp } from './lookup.ts';
import type { Part2Consent } from './records.ts';
import type { Check } from './rule.ts';

const neededPurposes = (facts: Facts): readonly string[] => {
  if (facts.marketing) return marketedPromotions(facts).map(({ promotion }) => purposeCodeOf(promotion));
  return facts.fundraising ? ['fundraising'] : ['tpo'];
};

const sudRecords = classSet(['sud_part2']);
const owedByLaw = new Set(['legal_notice', 'emergency_safety']);

/**
 * Whether the message uses substance-use-disorder data for which 42 CFR Part 2 wants a consent. A notice that the law
 * owes needs none (2.16(b)), nor does telling patients of their own record (2.23) in an emergency; a program may write
 * to its own patient for treatment, payment or operations if the policy lets it (2.12(c)(3)-(4)).
 */
export const needsPart2Consent = (facts: Facts): boolean => {
  const { hipaa, used, message, policy, partners } = facts;
  if (!hipaa || !meets(used, sudRecords) || owedByLaw.has(message.purpose)) return false;
  const internal = message.sender.part2_program && !policy.part2_require_consent_for_own_program;
  return !(internal && !facts.marketing && !facts.fundraising && partners.length === 0);
};

const isDefective = (consent: Part2Consent, { now }: Facts): boolean => {
  const { disclosers, information_classes: classes, recipients, purposes, statements, signature } = consent;
  const tpo = purposes.includes('tpo');
  const endless = consent.expiration.kind === 'none' && tpo && purposes.length === 1;
  return (
    !consent.patient_named ||
    [disclosers, classes, recipients, purposes].some((list) => list.length === 0) ||
    !(endless || hasExpiry(consent.expiration)) ||
    !occurred(now, signature.signed_at) ||
    !statements.right_to_revoke ||
    !statements.how_to_revoke ||
    (tpo && !(statements.redisclosure && statements.refusal_consequences))
  );
};

/** Section by section what a consent must say, 42 CFR 2.31, and how far it reaches, 2.33. */
export const part2Checks: readonly Check<Part2Consent>[] = [
  { code: 'PART2_CONSENT_REVOKED', kind: 'both', cite: '42 CFR 2.31(a)(6), 2.33(a)(2)', fails: isSwept },
  {
    code: 'PART2_CONSENT_EXPIRED',
    kind: 'law',
    cite: '42 CFR 2.31(a)(7)',
    fails: ({ expiration }, facts) => isExpired(expiration, facts),
  },
  { code: 'PART2_CONSENT_DEFECTIVE', kind: 'law', cite: '42 CFR 2.31(a), (c)', fails: isDefective },
  {
    code: 'PART2_CONSENT_SCOPE',
    kind: 'law',
    cite: '42 CFR 2.31(a)(2)-(5), 2.33(a)(1)',
    fails: (consent, facts) =>
      !covers(consent.purposes, neededPurposes(facts)) ||
      !consent.information_classes.includes('sud_part2') ||
      !consent.disclosers.includes(facts.message.sender.entity_id) ||
      !covers(consent.recipients, facts.partners),
  },
];

/** The consent that carries the use; null when none is needed. */
export const findPart2Consent = (facts: Facts): Lookup<Part2Consent> | null =>
  needsPart2Consent(facts)
    ? lookUp(candidates(facts, 'part2_consent'), 'PART2_CONSENT_MISSING', part2Checks, facts)
    : null;
