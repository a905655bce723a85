import type { Facts } from '../derive.ts';
import { active, occurred } from '../when.ts';
import type { Suppression } from '../contact.ts';
import type { Rule } from '../rule.ts';

/** Ids of the suppressions in force that fit. */
export const suppressed = ({ contact, now }: Facts, fits: (suppression: Suppression) => boolean): string[] =>
  contact.suppressions
    .filter((one) => fits(one) && active(now, one.received_at, one.released_at))
    .map((suppression) => suppression.id);

const happened = ({ now }: Facts, event: { readonly at: string } | null): boolean =>
  event !== null && occurred(now, event.at);

const idOf = (event: { readonly id: string } | null): string[] => (event === null ? [] : [event.id]);

const everything = (facts: Facts): string[] => suppressed(facts, ({ scope }) => scope === 'all');

/** The person and the address: whether anything may go there at all. */
export const person: readonly Rule[] = [
  {
    code: 'CONTACT_DECEASED',
    kind: 'policy',
    cite: 'policy; 45 CFR 164.502(f), (g)(4), 164.404(d)(1)(ii)',
    when: ({ contact, now }) => contact.deceased !== null && occurred(now, contact.deceased.recorded_at),
    evidence: ({ contact }) => idOf(contact.deceased),
  },
  {
    code: 'SUPPRESSED_ALL',
    kind: 'policy',
    cite: 'policy',
    when: (facts) => everything(facts).length > 0,
    evidence: everything,
  },
  {
    code: 'ADDRESS_REASSIGNED',
    kind: 'both',
    cite: '47 CFR 64.1200(m)',
    when: (facts) => happened(facts, facts.address.reassigned),
    evidence: ({ address }) => idOf(address.reassigned),
  },
  {
    code: 'ADDRESS_HARD_BOUNCE',
    kind: 'policy',
    cite: 'policy',
    when: (facts) => facts.address.bounce?.kind === 'hard' && happened(facts, facts.address.bounce),
    evidence: ({ address }) => idOf(address.bounce),
  },
  {
    code: 'ADDRESS_COMPLAINT',
    kind: 'policy',
    cite: 'policy; bulk-sender rules of mailbox providers',
    when: (facts) =>
      (facts.policy.complaint_blocks_all || facts.commercial) && happened(facts, facts.address.complaint),
    evidence: ({ address }) => idOf(address.complaint),
  },
  {
    code: 'ADDRESS_UNVERIFIED',
    kind: 'policy',
    cite: '45 CFR 164.530(c), 164.514(h)',
    when: ({ hipaa, policy, address, message }) =>
      hipaa && policy.require_verified_address && !address.verified && message.purpose !== 'account_security',
  },
];
