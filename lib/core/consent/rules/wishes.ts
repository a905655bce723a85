import { classSet, meets } from '../classes.ts';
import type { ConfidentialCommunication, Restriction } from '../contact.ts';
import type { MessageClass } from '../classify.ts';
import type { Facts } from '../derive.ts';
import { active, occurred } from '../when.ts';
import { newestFirst } from '../lookup.ts';
import type { Rule } from '../rule.ts';

/** The request in force for another address or means: the one received last, 45 CFR 164.522(b). */
export const requestInForce = ({ contact, now }: Facts): ConfidentialCommunication | null => {
  const requests = contact.confidential_communications.filter((one) => active(now, one.received_at, one.ended_at));
  return newestFirst(requests, (request) => request.received_at)[0] ?? null;
};

/**
 * Whether a restriction binds now. Only the person, or both sides together, can end it: the entity alone may not lift
 * one about services paid out of pocket, and of others only for data received later, 45 CFR 164.522(a)(2)(iii), which
 * cannot be told apart here. A termination by nobody on record ends nothing.
 */
const isLive = (
  { agreed_at: agreedAt, terminated_at: endedAt, terminated_by: by }: Restriction,
  { now }: Facts,
): boolean => occurred(now, agreedAt) && !((by === 'individual' || by === 'mutual') && occurred(now, endedAt));

const live = (facts: Facts, kind: Restriction['kind'], fits: (restriction: Restriction) => boolean): string[] => {
  const { purpose } = facts.message;
  if (purpose === 'legal_notice' || purpose === 'emergency_safety') return [];
  return facts.contact.restrictions
    .filter((one) => one.kind === kind && isLive(one, facts) && fits(one))
    .map((restriction) => restriction.id);
};

type Use = Restriction['uses'][number];

/** Under which use of data a class of message falls; a notice or an emergency under none. */
const useOf: { readonly [C in MessageClass]: Use | null } = {
  treatment: 'treatment',
  refill: 'treatment',
  payment: 'payment',
  operations: 'operations',
  fundraising: 'operations',
  account_security: 'operations',
  marketing: 'marketing',
  marketing_paid: 'marketing',
  legal_notice: null,
  emergency_safety: null,
};

const keptFromPlan = (facts: Facts): string[] => {
  const { third_parties: parties, phi } = facts.message;
  if (!parties.some(({ role, receives_phi: receives }) => role === 'health_plan' && receives)) return [];
  return live(facts, 'oop_health_plan', ({ items }) => items.some((item) => phi.service_items.includes(item)));
};

const agreed = (facts: Facts): string[] =>
  live(facts, 'agreed', ({ uses, classes }) => {
    const use = useOf[facts.class];
    const restrictsUse = uses.includes('all') || (use !== null && uses.includes(use));
    return restrictsUse && (classes.includes('*') || meets(facts.used, classSet(classes)));
  });

/** What the person asked for. */
export const wishes: readonly Rule[] = [
  {
    code: 'CONFIDENTIAL_COMMUNICATION',
    kind: 'law',
    cite: '45 CFR 164.522(b)(1), 164.502(h)',
    when: (facts) => requestInForce(facts)?.address_ids.includes(facts.message.to_address_id) === false,
    evidence: (facts) => [requestInForce(facts)].flatMap((request) => request?.id ?? []),
  },
  {
    code: 'RESTRICTION_OOP_HEALTH_PLAN',
    kind: 'law',
    cite: '45 CFR 164.522(a)(1)(vi)',
    when: (facts) => keptFromPlan(facts).length > 0,
    evidence: keptFromPlan,
  },
  {
    code: 'RESTRICTION_AGREED',
    kind: 'law',
    cite: '45 CFR 164.522(a)(1)(iii)',
    when: (facts) => agreed(facts).length > 0,
    evidence: agreed,
  },
];
