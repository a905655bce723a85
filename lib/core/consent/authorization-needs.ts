import { within } from './classes.ts';
import { type ClassedPromotion, purposeCodeOf } from './classify.ts';
import type { DenyCode } from './codes.ts';
import { type Facts, marketedPromotions } from './derive.ts';
import { profiles } from './profiles.ts';
import type { Kind } from './rule.ts';

const isRemunerated = ({ promotion }: ClassedPromotion): boolean => promotion.remuneration.kind !== 'none';

/** Remuneration that makes the message marketing in California, Cal. Civ. Code 56.05, with its one exception. */
const isCmiaMarketing = ({ contact, marketing, promotions, message }: Facts): boolean =>
  contact.state === 'CA' &&
  !marketing &&
  promotions.some(
    (one) => isRemunerated(one) && !(one.promotion.ca_chronic_condition && message.form.ca_remuneration_notice),
  );

type Need = {
  /** Null where the failed check of the authorization itself is the reason. */
  readonly code: DenyCode | null;
  readonly kind: Kind;
  readonly cite: string;
  readonly when: (facts: Facts) => boolean;
};

/** Why a message may need an authorization, in the order in which the lack of one is reported. */
export const needs: readonly Need[] = [
  {
    code: null,
    kind: 'law',
    cite: '45 CFR 164.508(a)(1), (a)(3)',
    when: ({ marketing, partners }) => marketing || partners.length > 0,
  },
  {
    code: 'FUNDRAISING_CLASS_NOT_PERMITTED',
    kind: 'law',
    cite: '45 CFR 164.514(f)(1)',
    when: ({ fundraising, used }) => fundraising && !within(used, profiles.fundraising),
  },
  {
    code: 'STATE_CA_CMIA_MARKETING',
    kind: 'law',
    cite: 'Cal. Civ. Code 56.05, 56.10(d)',
    when: isCmiaMarketing,
  },
  {
    code: 'MINIMUM_NECESSARY',
    kind: 'both',
    cite: '45 CFR 164.502(b), 164.514(d)',
    when: ({ marketing, fundraising, selection, message }) =>
      !marketing && !fundraising && !within(selection, profiles[message.purpose]),
  },
];

/** The promotions of which an authorization must speak. */
const concerned = (facts: Facts): readonly ClassedPromotion[] => {
  if (facts.marketing) return marketedPromotions(facts);
  return isCmiaMarketing(facts) ? facts.promotions.filter(isRemunerated) : facts.promotions;
};

/** Purposes to be covered; a message without any asks for its own name, which forms do not carry. */
export const neededPurposes = (facts: Facts): readonly string[] => {
  const purposes = [
    ...concerned(facts).map(({ promotion }) => purposeCodeOf(promotion)),
    ...(facts.fundraising ? ['fundraising'] : []),
    ...(facts.partners.length > 0 ? ['marketing.third_party'] : []),
  ];
  return purposes.length > 0 ? purposes : [`message.${facts.message.purpose}`];
};

export const neededParties = (facts: Facts): readonly string[] =>
  concerned(facts)
    .filter(({ promotion }) => purposeCodeOf(promotion) === 'marketing.third_party')
    .map(({ promotion }) => promotion.owner_id);
