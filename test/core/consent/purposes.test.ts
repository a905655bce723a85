import { describe, expect, test } from 'vitest';

import type { Contact } from '../../../lib/core/consent/contact.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import type { Message } from '../../../lib/core/consent/message.ts';
import type { Promotion } from '../../../lib/core/consent/promotion.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';
import {
  appeal,
  campaign,
  clinic,
  device,
  drug,
  formWith,
  newsletter,
  noon,
  ownService,
  paid,
  party,
  patient,
  phone,
  promotion,
  prospect,
  reminder,
  suppression,
  text,
  using,
} from './builders.ts';
import { authorization, chdConsent, part2Consent, textConsent } from './forms.ts';

const outcome = (contact: Contact, message: Message, policy?: Partial<Policy>) => {
  const { decision, reason, basis } = decide(contact, message, noon, policy);
  return decision === 'permit' ? [reason, ...basis] : [reason];
};

const plan = { ...clinic, entity_type: 'health_plan' } as const;
const outsider = { ...clinic, entity_type: 'non_covered' } as const;

describe('a promotion makes a message what it is', () => {
  const refill = (changes: Partial<Promotion>) => reminder({ purpose: 'refill_reminder', promotions: [drug(changes)] });
  const own = (changes: Partial<Promotion>, sender: Message['sender'] = clinic) =>
    ownService({ sender, promotions: [promotion(changes)] });
  const atCost = paid({ amount_cents: 100 });
  const toAssociate = paid({ payee: 'business_associate', fair_market_value_cents: 500 });

  test.each<[string, Message, string]>([
    [
      'a refill paid one cent above cost is marketing',
      refill({ remuneration: paid({ amount_cents: 101 }) }),
      'AUTH_MISSING',
    ],
    [
      'a refill paid at unknown cost is marketing',
      refill({ remuneration: paid({ reasonable_cost_cents: null }) }),
      'AUTH_MISSING',
    ],
    ['an associate may be paid fair value', refill({ remuneration: toAssociate }), 'PERMIT_REFILL_REMINDER'],
    [
      'an associate whose value is unknown may not',
      refill({ remuneration: paid({ payee: 'business_associate', amount_cents: 1 }) }),
      'AUTH_MISSING',
    ],
    ['a generic is a refill', refill({ drug_relation: 'generic_of_current' }), 'PERMIT_REFILL_REMINDER'],
    ['an unpaid adjunct is marketing', refill({ drug_relation: 'adjunct' }), 'AUTH_MISSING'],
    [
      'an adjunct chosen for the patient is treatment',
      refill({ drug_relation: 'adjunct', individualized_treatment: true }),
      'PERMIT_TREATMENT',
    ],
    [
      'a drug at its maker paid in kind is a refill',
      refill({ remuneration: { ...atCost, kind: 'in_kind' } }),
      'PERMIT_REFILL_REMINDER',
    ],
    ['a service of its own is operations', own({}), 'PERMIT_OPERATIONS'],
    ['its own parking garage is marketing', own({ what: 'own_other' }), 'AUTH_MISSING'],
    [
      'a service that an unrelated party funds is operations',
      own({ remuneration: { ...atCost, payer: 'unrelated_party' } }),
      'PERMIT_OPERATIONS',
    ],
    [
      'a treatment for this patient is no marketing',
      own({ what: 'third_party', individualized_treatment: true }),
      'PERMIT_OPERATIONS',
    ],
    [
      'a paid treatment for this patient is marketing',
      own({ what: 'third_party', individualized_treatment: true, remuneration: atCost }),
      'AUTH_MISSING',
    ],
    [
      'a paid government program is no marketing',
      own({ what: 'government_program', remuneration: atCost }),
      'PERMIT_OPERATIONS',
    ],
    ['a plan tells of its benefits', own({ what: 'plan_benefit' }, plan), 'PERMIT_OPERATIONS'],
    ['a clinic that tells of a benefit markets it', own({ what: 'plan_benefit' }), 'AUTH_MISSING'],
    ['a plan offers extras to its members only', own({ what: 'plan_value_added' }, plan), 'AUTH_MISSING'],
  ])('%s', (_, message, reason) => {
    expect(outcome(patient(), message)[0]).toBe(reason);
  });

  test('extras of a plan go to its members', () => {
    const member = patient({ relationship: 'plan_member' });
    expect(outcome(member, own({ what: 'plan_value_added' }, plan))).toEqual(['PERMIT_OPERATIONS', 'HIPAA_OPERATIONS']);
  });
  test('a reminder with a paid product in its footer is marketing', () => {
    expect(outcome(patient(), reminder({ promotions: [device] }))).toEqual(['AUTH_MISSING']);
  });
  test('a reminder with a paid refill in its footer is a refill reminder', () => {
    expect(outcome(patient(), reminder({ promotions: [drug({ remuneration: atCost })] }))[0]).toBe(
      'PERMIT_REFILL_REMINDER',
    );
  });
  test('a refill reminder that also tells of a service is operations', () => {
    const message = reminder({ purpose: 'refill_reminder', promotions: [drug(), promotion()] });
    expect(outcome(patient(), message)[0]).toBe('PERMIT_OPERATIONS');
  });
  test('a reminder by a health plan is operations', () => {
    expect(outcome(patient(), reminder({ sender: plan }))).toEqual(['PERMIT_OPERATIONS', 'HIPAA_OPERATIONS']);
    expect(outcome(patient(), reminder({ sender: plan, purpose: 'emergency_safety' }))).toEqual([
      'PERMIT_EMERGENCY',
      'HIPAA_OPERATIONS',
    ]);
  });
});

describe('commercial is not the same as marketing', () => {
  const unsubscribed = patient({ suppressions: [suppression('commercial')] });
  const paidRefill = reminder({
    purpose: 'refill_reminder',
    promotions: [drug({ remuneration: paid({ amount_cents: 100 }) })],
  });

  test('an unpaid refill reminder reaches the unsubscribed, a paid one does not', () => {
    expect(outcome(unsubscribed, reminder({ purpose: 'refill_reminder', promotions: [drug()] }))[0]).toBe(
      'PERMIT_REFILL_REMINDER',
    );
    expect(outcome(unsubscribed, paidRefill)).toEqual(['OPTED_OUT_COMMERCIAL']);
    expect(outcome(unsubscribed, paidRefill, { paid_refill_is_commercial: false })[0]).toBe('PERMIT_REFILL_REMINDER');
  });
  test('health education is commercial unless the policy says otherwise', () => {
    const education = reminder({ purpose: 'health_education' });
    expect(outcome(unsubscribed, education)).toEqual(['OPTED_OUT_COMMERCIAL']);
    expect(outcome(unsubscribed, education, { health_education_is_commercial: false })[0]).toBe('PERMIT_OPERATIONS');
  });
  test('a government program is not commercial', () => {
    const message = reminder({
      purpose: 'government_program_info',
      promotions: [promotion({ what: 'government_program' })],
    });
    expect(outcome(unsubscribed, message)[0]).toBe('PERMIT_OPERATIONS');
  });
});

describe('an authorization reaches as far as it says', () => {
  const partner = { third_parties: [party()] };

  test('a partner that receives data needs one for a reminder too', () => {
    expect(outcome(patient(), reminder(partner))).toEqual(['AUTH_MISSING']);
    expect(outcome(patient({ consents: [authorization()] }), reminder(partner))).toEqual([
      'PERMIT_AUTHORIZED',
      'HIPAA_AUTHORIZATION',
    ]);
  });
  test('a health plan that receives data needs one for marketing only', () => {
    const toPlan = { third_parties: [party({ role: 'health_plan', entity_id: 'plan' })] };
    expect(outcome(patient(), reminder({ purpose: 'billing', ...toPlan }))[0]).toBe('PERMIT_PAYMENT');
    expect(outcome(patient({ consents: [authorization()] }), campaign(toPlan))).toEqual(['AUTH_SCOPE_PARTNER']);
  });
  test('Texas asks for its own form where a partner receives data', () => {
    const contact = patient({ state: 'TX', consents: [authorization()] });
    expect(outcome(contact, campaign())[0]).toBe('PERMIT_AUTHORIZED');
    expect(outcome(contact, campaign(partner))).toEqual(['AUTH_STATE_FORM']);
  });
  test('an announcement beyond its data goes out on an authorization', () => {
    const message = ownService({ phi: using({ segment: ['lab_result'] }) });
    const form = authorization({ information: { described: true, classes: ['lab_result'] } });
    expect(outcome(patient(), message)).toEqual(['MINIMUM_NECESSARY']);
    expect(outcome(patient({ consents: [form] }), message)[0]).toBe('PERMIT_AUTHORIZED');
  });
  test('a reminder beyond its data fits no ordinary form', () => {
    const message = reminder({ phi: using({ segment: ['diagnosis'] }) });
    expect(outcome(patient({ consents: [authorization()] }), message)).toEqual(['MINIMUM_NECESSARY']);
  });
  test('an appeal to patients chosen by diagnosis goes out on an authorization for fundraising', () => {
    const message = appeal({ phi: using({ segment: ['diagnosis'] }) });
    expect(outcome(patient({ consents: [authorization({ purposes: ['fundraising'] })] }), message)[0]).toBe(
      'PERMIT_AUTHORIZED',
    );
  });
  test('in California the chronic-condition notice excuses remuneration', () => {
    const promotions = [drug({ remuneration: paid({ amount_cents: 100 }), ca_chronic_condition: true })];
    const message = reminder({
      purpose: 'refill_reminder',
      promotions,
      form: formWith({ ca_remuneration_notice: true }),
    });
    expect(outcome(patient({ state: 'CA' }), message)[0]).toBe('PERMIT_REFILL_REMINDER');
    expect(outcome(patient({ state: 'CA' }), { ...message, form: formWith({}) })).toEqual(['STATE_CA_CMIA_MARKETING']);
  });
});

describe('Part 2 consent stands beside the others', () => {
  const sud = { phi: using({ segment: ['sud_part2'] }) } as const;

  test('marketing needs both', () => {
    const form = authorization({ information: { described: true, classes: ['sud_part2'] } });
    const consent = part2Consent({ purposes: ['marketing.third_party'], expiration: form.expiration });
    expect(outcome(patient({ consents: [form, consent] }), campaign(sud))).toEqual([
      'PERMIT_AUTHORIZED',
      'HIPAA_AUTHORIZATION',
      'PART2_CONSENT',
    ]);
    expect(outcome(patient({ consents: [consent] }), campaign(sud))).toEqual(['AUTH_MISSING']);
  });
  test('a consent without an end is for treatment, payment and operations alone', () => {
    const consents = [part2Consent({ purposes: ['tpo', 'fundraising'] })];
    expect(outcome(patient({ consents }), reminder({ purpose: 'care_coordination', ...sud }))).toEqual([
      'PART2_CONSENT_DEFECTIVE',
    ]);
  });
  test('a program may write to its own patients where the policy lets it', () => {
    const message = reminder({ purpose: 'care_coordination', sender: { ...clinic, part2_program: true }, ...sud });
    const policy = { part2_require_consent_for_own_program: false };
    expect(outcome(patient(), message)).toEqual(['PART2_CONSENT_MISSING']);
    expect(outcome(patient(), message, policy)[0]).toBe('PERMIT_TREATMENT');
    expect(outcome(patient(), { ...message, third_parties: [party()] }, policy)).toEqual(['PART2_CONSENT_MISSING']);
  });
});

describe('outside HIPAA', () => {
  test('a patient on the newsletter stays a patient', () => {
    expect(outcome(patient(), newsletter({ promotions: [device] }))).toEqual(['AUTH_MISSING']);
  });
  test('a prospect on the list of a covered entity is in the HIPAA lane', () => {
    expect(outcome(prospect(), newsletter({ data_origin: 'covered_entity_records' }))).toEqual(['AUTH_MISSING']);
  });
  test('a sender that HIPAA does not cover sends newsletters', () => {
    expect(outcome(prospect(), newsletter({ sender: outsider }))).toEqual(['PERMIT_CONSUMER', 'CONSUMER_OPT_IN']);
  });
  test('the list itself tells nothing there', () => {
    expect(outcome(prospect(), newsletter({ phi: using({ segment: ['demographic'] }) }))[0]).toBe('PERMIT_CONSUMER');
    expect(outcome(prospect(), newsletter({ phi: using({ segment: ['patient_relationship'] }) }))).toEqual([
      'CHD_CONSENT_MISSING',
    ]);
  });
  test('states that the policy leaves out ask for no health-data consent', () => {
    const message = newsletter({ phi: using({ segment: ['diagnosis'] }) });
    expect(outcome(prospect(), message, { chd_states: ['WA', 'NV'] })[0]).toBe('PERMIT_CONSUMER');
    expect(outcome(prospect({ state: 'WA' }), message, { chd_states: ['WA', 'NV'] })).toEqual(['CHD_CONSENT_MISSING']);
  });
  test('sharing with a plan needs its own consent, a processor none', () => {
    const contact = prospect({ consents: [...prospect().consents, chdConsent()] });
    const shared = (role: 'health_plan' | 'processor') =>
      newsletter({ phi: using({ segment: ['diagnosis'] }), third_parties: [party({ role })] });
    expect(outcome(contact, shared('health_plan'))).toEqual(['CHD_SHARE_CONSENT_MISSING']);
    expect(outcome(contact, shared('processor'))[0]).toBe('PERMIT_CONSUMER');
  });
  test('a text rests on written consent', () => {
    const contact = prospect({ addresses: [phone], consents: [textConsent()] });
    const message = { ...newsletter(), channel: 'sms', to_address_id: 'ph-1' } as const;
    expect(outcome(contact, message)).toEqual(['PERMIT_CONSUMER', 'TCPA_PEWC']);
    expect(outcome(contact, message, { require_opt_in_consumer: false })).toEqual([
      'PERMIT_CONSUMER',
      'CAN_SPAM_OPT_OUT',
      'TCPA_PEWC',
    ]);
  });
  test('without an opt-in rule email rests on the opt-out', () => {
    expect(outcome(prospect(), newsletter(), { require_opt_in_consumer: false })).toEqual([
      'PERMIT_CONSUMER',
      'CAN_SPAM_OPT_OUT',
    ]);
  });
  test('an opt-in covers its own topics and senders', () => {
    const optIn = (changes: object) => prospect({ consents: [{ ...prospect().consents[0], ...changes } as never] });
    expect(outcome(optIn({ topics: ['sleep'] }), newsletter())).toEqual(['OPT_IN_MISSING']);
    expect(outcome(optIn({ topics: ['sleep'] }), newsletter({ topic: null }))).toEqual(['OPT_IN_MISSING']);
    expect(outcome(optIn({ sender_ids: ['other'] }), newsletter())).toEqual(['OPT_IN_MISSING']);
  });
  test('a security notice is transactional', () => {
    const message = newsletter({ purpose: 'account_security', promotions: [] });
    expect(outcome(prospect(), message)).toEqual(['PERMIT_ACCOUNT_SECURITY', 'CAN_SPAM_TRANSACTIONAL']);
    expect(outcome(prospect(), { ...message, phi: using({ content: ['diagnosis'] }) })).toEqual(['MINIMUM_NECESSARY']);
  });
});

test('an informational text rests on prior express consent of either form', () => {
  for (const level of ['pec', 'pewc'] as const) {
    expect(outcome(patient({ consents: [textConsent({ level })] }), text())).toEqual([
      'PERMIT_TREATMENT',
      'HIPAA_TREATMENT',
      'TCPA_PEC',
    ]);
  }
});
