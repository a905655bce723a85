import type { Facts } from '../derive.ts';
import { denialOf } from '../lookup.ts';
import type { Row } from '../rule.ts';
import { findTextConsent, textConsentChecks } from '../text-consent.ts';
import { suppressed } from './person.ts';

const fromFundraising = (facts: Facts): string[] =>
  facts.fundraising ? suppressed(facts, ({ scope }) => scope === 'fundraising') : [];

const fromCommercial = (facts: Facts): string[] =>
  facts.commercial ? suppressed(facts, ({ scope }) => scope === 'commercial') : [];

const neverByTopic = new Set(['legal_notice', 'account_security', 'emergency_safety']);

/** An opt-out that lost its topic stops the messages that have none; one without a channel stops each. */
const fromTopic = (facts: Facts): string[] =>
  neverByTopic.has(facts.message.purpose)
    ? []
    : suppressed(
        facts,
        ({ scope, topic, channel }) =>
          scope === 'topic' && topic === facts.message.topic && (channel ?? facts.message.channel) === facts.message.channel,
      );

const fromTexts = (facts: Facts): string[] =>
  facts.message.channel === 'sms' && facts.message.purpose !== 'emergency_safety'
    ? suppressed(facts, ({ scope }) => scope === 'sms')
    : [];

/** Opt-outs, and the consent without which no text goes out. An opt-out works at once and on every channel. */
export const optOuts: readonly Row[] = [
  {
    code: 'OPTED_OUT_FUNDRAISING',
    kind: 'law',
    cite: '45 CFR 164.514(f)(2)(iv)',
    when: (facts) => fromFundraising(facts).length > 0,
    evidence: fromFundraising,
  },
  {
    code: 'OPTED_OUT_COMMERCIAL',
    kind: 'both',
    cite: '15 USC 7704(a)(4)',
    when: (facts) => fromCommercial(facts).length > 0,
    evidence: fromCommercial,
  },
  {
    code: 'OPTED_OUT_TOPIC',
    kind: 'policy',
    cite: 'policy',
    when: (facts) => fromTopic(facts).length > 0,
    evidence: fromTopic,
  },
  {
    code: 'OPTED_OUT_SMS',
    kind: 'both',
    cite: '47 CFR 64.1200(a)(10)',
    when: (facts) => fromTexts(facts).length > 0,
    evidence: fromTexts,
  },
  {
    code: 'SMS_CONSENT_*',
    kind: 'both',
    cite: '47 CFR 64.1200(a)(1)-(2), (f)',
    codes: [{ code: 'SMS_CONSENT_MISSING', kind: 'both', cite: '47 CFR 64.1200(a)(1)-(2)' }, ...textConsentChecks],
    find: (facts) => denialOf(findTextConsent(facts)),
  },
];
