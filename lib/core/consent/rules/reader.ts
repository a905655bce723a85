import { base, classSet, minus, union, within } from '../classes.ts';
import type { InvolvedPerson, PersonalRepresentative } from '../contact.ts';
import type { Facts } from '../derive.ts';
import { active } from '../when.ts';
import type { Purpose } from '../purpose.ts';
import { isBlocked, isRepresenting, onlyRecord } from '../representative.ts';
import type { Rule } from '../rule.ts';

/** The record of the representative to whom the message goes; undefined when it goes to somebody else. */
const addressedRepresentative = ({ contact, message }: Facts): PersonalRepresentative | null | undefined =>
  message.addressee === 'personal_representative'
    ? onlyRecord(contact.personal_representatives, message.addressee_record_id)
    : undefined;

const addressedInvolved = ({ contact, message }: Facts): InvolvedPerson | null | undefined =>
  message.addressee === 'involved_person'
    ? onlyRecord(contact.involved_persons, message.addressee_record_id)
    : undefined;

const idOf = (record: { readonly id: string } | null | undefined): string[] => (record ? [record.id] : []);
const representativeId = (facts: Facts): string[] => idOf(addressedRepresentative(facts));

const isMinorsOwn = ({ contact }: Facts, service: string): boolean =>
  contact.minor_consented_services.includes(service);

const exceedsScope = ({ scope_classes: scope }: PersonalRepresentative, { used }: Facts): boolean => {
  const needed = minus(minus(used, base), classSet(['demographic']));
  return !(scope.length === 1 && scope[0] === '*') && !within(needed, classSet(scope));
};

const forInvolved = new Set<Purpose>(['appointment_reminder', 'care_coordination', 'billing']);

const isBarredFrom = (involved: InvolvedPerson | null, facts: Facts): boolean => {
  const { now, message, content, subject } = facts;
  return (
    involved === null ||
    !active(now, involved.agreed_at, involved.ended_at) ||
    !forInvolved.has(message.purpose) ||
    message.promotions.length > 0 ||
    !within(minus(union(content, subject), base), classSet(involved.classes))
  );
};

/** Who would read the message, and whether that reader may. */
export const reader: readonly Rule[] = [
  {
    code: 'ADDRESS_HOLDER_MISMATCH',
    kind: 'both',
    cite: '45 CFR 164.502(a)',
    when: ({ address, message: { addressee, addressee_record_id: recordId } }) =>
      address.holder !== addressee || (addressee !== 'individual' && address.holder_record_id !== recordId),
  },
  {
    code: 'MINOR_MARKETING',
    kind: 'policy',
    cite: 'policy; 45 CFR 164.502(g)(3)',
    when: ({ minor, policy, marketing, commercial, hipaa, message }) =>
      minor &&
      !policy.minor_marketing_allowed &&
      (marketing || (commercial && (!hipaa || message.addressee === 'individual'))),
  },
  {
    code: 'MINOR_DIRECT',
    kind: 'policy',
    cite: 'policy; 45 CFR 164.502(g)(3)',
    when: (facts) => {
      const { minor, message } = facts;
      const services = message.phi.service_items;
      const minorsOwn = services.length > 0 && services.every((service) => isMinorsOwn(facts, service));
      return minor && message.addressee === 'individual' && !minorsOwn;
    },
  },
  {
    code: 'PR_NOT_ACTIVE',
    kind: 'law',
    cite: '45 CFR 164.502(g)(2)-(3)',
    when: (facts) => {
      const representative = addressedRepresentative(facts);
      return representative === null || (representative !== undefined && !isRepresenting(representative, facts));
    },
    evidence: representativeId,
  },
  {
    code: 'PR_BLOCKED',
    kind: 'law',
    cite: '45 CFR 164.502(g)(5)',
    when: (facts) => {
      const representative = addressedRepresentative(facts);
      return !!representative && isBlocked(representative, facts);
    },
    evidence: (facts) => idOf(addressedRepresentative(facts)?.blocked),
  },
  {
    code: 'PR_MINOR_CONSENTED_SERVICE',
    kind: 'law',
    cite: '45 CFR 164.502(g)(3)(i)',
    when: (facts) =>
      facts.minor &&
      facts.message.addressee === 'personal_representative' &&
      facts.message.phi.service_items.some((service) => isMinorsOwn(facts, service)),
    evidence: representativeId,
  },
  {
    code: 'PR_SCOPE',
    kind: 'law',
    cite: '45 CFR 164.502(g)(2)',
    when: (facts) => {
      const representative = addressedRepresentative(facts);
      return !!representative && exceedsScope(representative, facts);
    },
    evidence: representativeId,
  },
  {
    code: 'INVOLVED_PERSON_NOT_PERMITTED',
    kind: 'both',
    cite: '45 CFR 164.510(b)',
    when: (facts) => {
      const involved = addressedInvolved(facts);
      return involved !== undefined && isBarredFrom(involved, facts);
    },
    evidence: (facts) => idOf(addressedInvolved(facts)),
  },
];
