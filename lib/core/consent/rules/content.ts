import { classSet, isEmpty, meets, minus, union, within } from '../classes.ts';
import type { Facts } from '../derive.ts';
import { candidates, isRevoked } from '../lookup.ts';
import type { ConsentRecord } from '../records.ts';
import type { Rule } from '../rule.ts';

const contactInfo = classSet(['contact_info']);

/** Whether the email would carry more than contact details over a connection that may fall back to plain text. */
const goesUnencrypted = ({ message, content }: Facts): boolean =>
  message.channel === 'email' && message.delivery.encryption !== 'tls_required' && !within(content, contactInfo);

/**
 * The preference of a warned person for unencrypted email, if this message needs and may use it: never for marketing,
 * commercial or fundraising messages, 78 FR 5634.
 */
export const unencryptedPreference = (facts: Facts): ConsentRecord | null => {
  const { policy, marketing, commercial, fundraising } = facts;
  const mayUse = policy.unencrypted_preference_allowed && !marketing && !commercial && !fundraising;
  if (!mayUse || !goesUnencrypted(facts)) return null;
  return candidates(facts, 'unencrypted_preference').find((one) => one.warned && !isRevoked(one, facts)) ?? null;
};

/** What the message says, and how it travels. */
export const content: readonly Rule[] = [
  {
    code: 'SMS_PHI_CONTENT',
    kind: 'policy',
    cite: 'policy; 45 CFR 164.312(e)(1), 164.530(c)',
    when: ({ message, content, subject, settings }) =>
      message.channel === 'sms' && !isEmpty(minus(union(content, subject), settings.smsAllowed)),
  },
  {
    code: 'SUBJECT_PHI',
    kind: 'policy',
    cite: 'policy; 45 CFR 164.530(c)',
    when: ({ message, subject, settings }) => message.channel === 'email' && !within(subject, settings.subjectAllowed),
  },
  {
    code: 'SENSITIVE_CONTENT',
    kind: 'policy',
    cite: 'policy',
    when: ({ message, content, settings }) => message.channel === 'email' && meets(content, settings.sensitive),
  },
  {
    code: 'UNENCRYPTED_PHI',
    kind: 'both',
    cite: '45 CFR 164.312(e); 78 FR 5634',
    when: (facts) => goesUnencrypted(facts) && unencryptedPreference(facts) === null,
  },
];
