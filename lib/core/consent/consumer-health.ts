import { classSet, isEmpty, minus, within } from './classes.ts';
import { purposeCodeOf } from './classify.ts';
import type { Facts } from './derive.ts';
import { occurred } from './when.ts';
import { candidates, covers, isRevoked, type Lookup, lookUp } from './lookup.ts';
import type { ChdConsent } from './records.ts';
import type { Check } from './rule.ts';

const plain = classSet(['contact_info', 'demographic']);

/** The parties with whom the data would be shared. */
const sharedWith = ({ message }: Facts): readonly string[] =>
  message.third_parties
    .filter((party) => party.receives_phi && (party.role === 'partner' || party.role === 'health_plan'))
    .map((party) => party.entity_id);

/** Whether a commercial message outside HIPAA uses health data where a state asks for consent (RCW 19.373.030). */
const needsChdConsent = ({ hipaa, commercial, used, policy, contact }: Facts): boolean => {
  const { chd_states: states } = policy;
  const covered = states === 'ALL' || (contact.state !== null && states.includes(contact.state));
  return !hipaa && commercial && covered && !isEmpty(minus(used, plain));
};

const neededPurposes = ({ message }: Facts): readonly string[] =>
  message.promotions.length === 0 ? ['marketing.own'] : message.promotions.map(purposeCodeOf);

/** One set of checks for both kinds; a record of use names no parties, so only sharing asks for them. */
export const chdChecks: readonly Check<ChdConsent>[] = [
  { code: 'CHD_CONSENT_REVOKED', kind: 'both', cite: 'RCW 19.373.030, 19.373.040', fails: isRevoked },
  {
    code: 'CHD_CONSENT_EXPIRED',
    kind: 'law',
    cite: 'RCW 19.373.010, 19.373.030',
    fails: ({ expires_at: expiresAt }, { now }) => occurred(now, expiresAt),
  },
  {
    code: 'CHD_CONSENT_SCOPE',
    kind: 'law',
    cite: 'RCW 19.373.030(1)',
    fails: (consent, facts) =>
      !within(minus(facts.used, plain), classSet(consent.classes)) ||
      !covers(consent.purposes, neededPurposes(facts)) ||
      !consent.entity_ids.includes(facts.message.sender.entity_id) ||
      (consent.kind === 'share' && !covers(consent.party_ids, sharedWith(facts))),
  },
];

/** The consents that carry the use and, if anyone receives data, the sharing; none when the laws do not apply. */
export const findChdConsents = (facts: Facts): readonly Lookup<ChdConsent>[] => {
  if (!needsChdConsent(facts)) return [];
  const ofKind = (kind: ChdConsent['kind']) => candidates(facts, 'chd_consent', (consent) => consent.kind === kind);
  const use = lookUp(ofKind('collect_use'), 'CHD_CONSENT_MISSING', chdChecks, facts);
  if (sharedWith(facts).length === 0) return [use];
  return [use, lookUp(ofKind('share'), 'CHD_SHARE_CONSENT_MISSING', chdChecks, facts)];
};
