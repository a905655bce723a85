import { SendwellError } from '../errors.ts';
import type { Plan } from '../journey/plan.ts';
import type { Link } from './token.ts';

/**
 * The links that stop mail, by the name that their tokens carry, and what each one stops. A mail has one of them, and
 * its template calls it `links.unsubscribe`.
 */
export const stopLinks = {
  'unsubscribe': ['commercial'],
  'stop-fundraising': ['fundraising'],
  'stop-promotion-and-fundraising': ['commercial', 'fundraising'],
} as const;
export type StopLink = keyof typeof stopLinks;

/** What a reader may stop by the link of a mail. */
export type StoppedScope = (typeof stopLinks)[StopLink][number];

const isStop = (name: string): name is StopLink => Object.hasOwn(stopLinks, name);

/** Throws `link.invalid` on a link that leads anywhere else. */
export const stoppedBy = ({ link }: Pick<Link, 'link'>): readonly StoppedScope[] => {
  if (!isStop(link)) throw new SendwellError('link.invalid');
  return stopLinks[link];
};

/**
 * The link that a journey's mail must carry, undefined for mail that may go without. Promotion is stopped under 15 USC
 * 7704(a)(3), fundraising under 45 CFR 164.514(f)(2)(ii), and mail that does both by one link for both.
 */
export const stopLinkOf = ({ message: { purpose, promotions } }: Pick<Plan, 'message'>): StopLink | undefined => {
  if (purpose === 'fundraising') return promotions.length > 0 ? 'stop-promotion-and-fundraising' : 'stop-fundraising';
  return promotions.length > 0 || purpose === 'marketing' || purpose === 'health_education' ? 'unsubscribe' : undefined;
};
