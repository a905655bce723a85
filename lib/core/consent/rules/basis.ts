import { authorizationChecks, findAuthorization } from '../authorization.ts';
import { needs } from '../authorization-needs.ts';
import { base, within } from '../classes.ts';
import { chdChecks, findChdConsents } from '../consumer-health.ts';
import type { Facts } from '../derive.ts';
import { candidates, denialOf, isRevoked } from '../lookup.ts';
import { profiles } from '../profiles.ts';
import type { ConsentRecord, EmailOptIn } from '../records.ts';
import type { Row } from '../rule.ts';

const noticeAgreements = (facts: Facts) =>
  candidates(facts, 'electronic_notice_agreement', ({ channels }) => channels.includes(facts.message.channel));

/** The agreement to electronic notice on this channel that stands; null also for messages that are no notice. */
export const noticeAgreement = (facts: Facts): ConsentRecord | null =>
  facts.message.purpose === 'legal_notice'
    ? (noticeAgreements(facts).find((agreement) => !isRevoked(agreement, facts)) ?? null)
    : null;

const needsOptIn = ({ hipaa, commercial, message, policy }: Facts): boolean =>
  !hipaa && commercial && message.channel === 'email' && policy.require_opt_in_consumer;

/** The subscription that carries a commercial email outside HIPAA, ticked by the reader for this sender and topic. */
export const optIn = (facts: Facts): EmailOptIn | null => {
  if (!needsOptIn(facts)) return null;
  const { sender, topic } = facts.message;
  const fits = ({ method, sender_ids: senders, topics }: EmailOptIn): boolean =>
    method === 'express' &&
    senders.includes(sender.entity_id) &&
    (topics.includes('*') || (topic !== null && topics.includes(topic)));
  return candidates(facts, 'email_opt_in', fits).find((record) => !isRevoked(record, facts)) ?? null;
};

const newestId = (records: readonly ConsentRecord[]): string[] => records.slice(0, 1).map((record) => record.id);

/** On what the message rests: an agreement, a subscription, an authorization, or the data being no more than needed. */
export const basis: readonly Row[] = [
  {
    code: 'ELECTRONIC_NOTICE_NOT_AGREED',
    kind: 'law',
    cite: '45 CFR 164.404(d)(1)(i), 164.520(c)(3)',
    when: (facts) => facts.message.purpose === 'legal_notice' && noticeAgreement(facts) === null,
    evidence: (facts) => newestId(noticeAgreements(facts)),
  },
  {
    code: 'NO_BASIS',
    kind: 'policy',
    cite: 'policy',
    when: ({ hipaa, commercial, message }) => !hipaa && !commercial && message.purpose !== 'account_security',
  },
  {
    code: 'OPT_IN_MISSING',
    kind: 'policy',
    cite: 'policy',
    when: (facts) => needsOptIn(facts) && optIn(facts) === null,
    evidence: (facts) => newestId(candidates(facts, 'email_opt_in')),
  },
  {
    code: 'CHD_*',
    kind: 'both',
    cite: 'RCW 19.373.030; NRS 603A; Conn. Gen. Stat. 42-515 ff.',
    codes: [
      { code: 'CHD_CONSENT_MISSING', kind: 'both', cite: 'RCW 19.373.030(1)(a)' },
      { code: 'CHD_SHARE_CONSENT_MISSING', kind: 'both', cite: 'RCW 19.373.030(1)(b)' },
      ...chdChecks,
    ],
    find: (facts) =>
      findChdConsents(facts)
        .map(denialOf)
        .find((denial) => denial !== null) ?? null,
  },
  {
    code: 'FUNDRAISING_NPP_STATEMENT',
    kind: 'law',
    cite: '45 CFR 164.514(f)(2)(i)',
    when: ({ fundraising, message }) => fundraising && !message.sender.npp_fundraising_statement,
  },
  {
    code: 'FUNDRAISING_OPT_OUT_OFFER',
    kind: 'law',
    cite: '45 CFR 164.514(f)(2)(ii)',
    when: ({ fundraising, message }) => fundraising && !message.form.fundraising_opt_out,
  },
  {
    code: 'AUTH_*',
    kind: 'law',
    cite: '45 CFR 164.508',
    codes: [
      { code: 'AUTH_MISSING', kind: 'law', cite: '45 CFR 164.508(a)(3)(i)' },
      ...authorizationChecks,
      ...needs.flatMap(({ code, kind, cite }) => (code === null ? [] : [{ code, kind, cite }])),
    ],
    find: (facts) => denialOf(findAuthorization(facts)),
  },
  {
    code: 'MINIMUM_NECESSARY',
    kind: 'both',
    cite: '45 CFR 164.502(b), 164.514(d)',
    when: ({ message: { purpose }, content, selection, hipaa }) =>
      purpose === 'account_security' &&
      (!within(content, base) || (hipaa && !within(selection, profiles.account_security))),
  },
];
