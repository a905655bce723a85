import type { Facts } from '../derive.ts';
import type { Rule } from '../rule.ts';

const isEmail = ({ message }: Facts): boolean => message.channel === 'email';

/** What a commercial or fundraising email must show. */
export const form: readonly Rule[] = [
  {
    code: 'DECEPTIVE_HEADERS',
    kind: 'law',
    cite: '15 USC 7704(a)(1)-(2)',
    when: (facts) => isEmail(facts) && !facts.message.form.truthful_headers,
  },
  {
    code: 'POSTAL_ADDRESS_MISSING',
    kind: 'both',
    cite: '15 USC 7704(a)(5)(A)(iii)',
    when: (facts) => isEmail(facts) && (facts.commercial || facts.fundraising) && !facts.message.form.physical_address,
  },
  {
    code: 'UNSUBSCRIBE_MISSING',
    kind: 'law',
    cite: '15 USC 7704(a)(3), (a)(5)(A)(ii); 16 CFR 316.5',
    when: (facts) => isEmail(facts) && facts.commercial && !facts.message.form.visible_unsubscribe,
  },
  {
    code: 'ONE_CLICK_MISSING',
    kind: 'policy',
    cite: 'policy; RFC 8058',
    when: (facts) =>
      isEmail(facts) &&
      (facts.commercial || facts.fundraising) &&
      facts.policy.require_one_click &&
      !facts.message.form.one_click_unsubscribe,
  },
];
