import { classSet, meets } from '../classes.ts';
import { denialOf } from '../lookup.ts';
import { findPart2Consent, part2Checks } from '../part2.ts';
import type { Row } from '../rule.ts';

const psychotherapyNotes = classSet(['psychotherapy_notes']);
const counselingNotes = classSet(['sud_counseling_notes']);

/** Data that stays out of messages, and contracts without which nobody else may see any. */
export const data: readonly Row[] = [
  {
    code: 'LIST_SOURCE_NOT_PERMITTED',
    kind: 'policy',
    cite: 'policy',
    when: ({ message, policy }) => message.data_origin === 'third_party_list' && !policy.allow_third_party_lists,
  },
  {
    code: 'PSYCHOTHERAPY_NOTES',
    kind: 'both',
    cite: '45 CFR 164.508(a)(2)',
    when: ({ used }) => meets(used, psychotherapyNotes),
  },
  {
    code: 'SUD_COUNSELING_NOTES',
    kind: 'both',
    cite: '42 CFR 2.31(b)',
    when: ({ used }) => meets(used, counselingNotes),
  },
  {
    code: 'PROCESSOR_AGREEMENT_MISSING',
    kind: 'law',
    cite: '45 CFR 164.502(e), 164.504(e), 164.308(b); RCW 19.373.060',
    when: ({ message: { sender, third_parties: parties } }) =>
      !sender.platform_agreement ||
      parties.some(
        ({ role, receives_phi: receives, agreement }) =>
          (role === 'processor' || role === 'tracker') && receives && !agreement,
      ),
  },
  {
    code: 'SALE_OF_PHI',
    kind: 'both',
    cite: '45 CFR 164.502(a)(5)(ii), 164.508(a)(4); RCW 19.373.070',
    when: ({ message }) => message.third_parties.some((party) => party.pays_for_phi),
  },
  {
    code: 'PART2_CONSENT_*',
    kind: 'law',
    cite: '42 CFR 2.12, 2.13, 2.31, 2.33',
    codes: [{ code: 'PART2_CONSENT_MISSING', kind: 'law', cite: '42 CFR 2.13, 2.31' }, ...part2Checks],
    find: (facts) => denialOf(findPart2Consent(facts)),
  },
];
