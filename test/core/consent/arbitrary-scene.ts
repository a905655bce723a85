import * as fc from 'fast-check';

import type { DataClass } from '../../../lib/core/consent/classes.ts';
import { formatInstant, parseInstant } from '../../../lib/core/consent/civil.ts';
import type { Contact } from '../../../lib/core/consent/contact.ts';
import { type Message } from '../../../lib/core/consent/message.ts';
import { Purpose } from '../../../lib/core/consent/purpose.ts';
import { contact } from './arbitrary-contact.ts';
import { clinic, formWith } from './builders.ts';
import { few, mostly, no, now, sudOrNot, yes } from './draws.ts';

const cents = fc.constantFrom(null, 100, 101, 500);
const promotion: fc.Arbitrary<Message['promotions'][number]> = fc.record({
  promotion_id: fc.constant('pr-1'),
  what: mostly<Message['promotions'][number]['what']>(
    'own_health_service',
    3,
    'own_other',
    'third_party',
    'drug',
    'drug',
    'drug_delivery_system',
    'plan_benefit',
    'plan_value_added',
    'government_program',
  ),
  owner_id: fc.constantFrom('clinic', 'maker'),
  individualized_treatment: mostly(false, 4, true),
  drug_relation: fc.constantFrom(
    'current',
    'generic_of_current',
    'delivery_system_of_current',
    'new_formulation',
    'adjunct',
    'unrelated',
    null,
  ),
  lapsed_on: mostly<string | null>(null, 3, '2026-01-02', '2026-01-01', '2025-12-31'),
  remuneration: fc.record({
    kind: mostly<Message['promotions'][number]['remuneration']['kind']>('none', 2, 'financial', 'financial', 'in_kind'),
    payer: fc.constantFrom('none', 'product_owner', 'product_owner', 'unrelated_party'),
    payee: fc.constantFrom(null, 'covered_entity', 'business_associate'),
    amount_cents: cents,
    reasonable_cost_cents: cents,
    fair_market_value_cents: cents,
  }),
  ca_chronic_condition: fc.boolean(),
});

const promoting = new Set<Purpose>(['refill_reminder', 'own_service_info', 'plan_benefit_info', 'marketing']);
const plain = new Set<Purpose>(['legal_notice', 'account_security', 'emergency_safety']);

const supported = Purpose.options.filter((purpose) => purpose !== 'research_recruitment');

/** Bought lists are denied early, so they are few. */
const someOrigins = [...Array.from({ length: 9 }, () => 'consumer_direct' as const), 'third_party_list' as const];

const drafted = fc.record({
  message_id: fc.constant('msg-1'),
  journey_id: fc.constant('jr-1'),
  channel: mostly<'email' | 'sms'>('email', 1, 'sms'),
  purpose: fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...supported) },
    { weight: 1, arbitrary: fc.constant<Purpose>('research_recruitment') },
  ),
  topic: fc.constantFrom('news', 'devices', null),
  sender: fc.record({
    entity_id: fc.constant('clinic'),
    entity_type: mostly<Message['sender']['entity_type']>(clinic.entity_type, 5, 'health_plan', 'non_covered'),
    part2_program: fc.boolean(),
    npp_fundraising_statement: yes,
    platform_agreement: yes,
  }),
  data_origin: mostly<Message['data_origin']>('covered_entity_records', 4, ...someOrigins),
  phi: fc.record({
    content: mostly<DataClass[]>([], 9, ['contact_info'], ['appointment_logistics'], ['diagnosis'], ['lab_result']),
    detected_in_content: mostly<DataClass[]>([], 9, ['medication']),
    subject: mostly<DataClass[]>([], 9, ['diagnosis']),
    segment: sudOrNot,
    inferred: mostly<DataClass[]>([], 4, ['diagnosis'], ['demographic']),
    service_items: mostly<string[]>([], 2, ['svc-1'], ['svc-1', 'svc-2']),
    claimed_deidentified: fc.boolean(),
  }),
  promotions: few(promotion),
  third_parties: few(
    fc.record({
      entity_id: fc.constantFrom('maker', 'plan'),
      role: fc.constantFrom('processor' as const, 'tracker' as const, 'partner' as const, 'health_plan' as const),
      receives_phi: fc.boolean(),
      agreement: yes,
      pays_for_phi: no,
    }),
    1,
  ),
  form: fc
    .record({
      truthful_headers: yes,
      physical_address: yes,
      visible_unsubscribe: yes,
      one_click_unsubscribe: yes,
      fundraising_opt_out: yes,
      ca_remuneration_notice: fc.boolean(),
    })
    .map(formWith),
  delivery: fc.record({ encryption: mostly<Message['delivery']['encryption']>('tls_required', 4, 'opportunistic') }),
  stream: fc.record({ complaint_rate: mostly(0.0004, 9, 0.003) }),
});

/** A contact and a message of one world: the address exists, and its holder is mostly the addressee. */
export const scene: fc.Arbitrary<{ contact: Contact; message: Message; now: string }> = fc
  .tuple(contact, drafted, promotion, now, no)
  .map(([person, draft, spare, at, wrongReader]) => {
    const address = person.addresses.find(({ channel }) => channel === draft.channel);
    const promotions = plain.has(draft.purpose) ? [] : draft.promotions;
    const message: Message = {
      ...draft,
      to_address_id: address?.address_id ?? 'em-1',
      addressee: wrongReader ? 'individual' : (address?.holder ?? 'individual'),
      addressee_record_id: address?.holder_record_id ?? null,
      promotions: promotions.length === 0 && promoting.has(draft.purpose) ? [spare] : promotions,
    };
    return { contact: person, message, now: at };
  });

export const shifted = (instant: string, ms: number): string => formatInstant(parseInstant(instant) + ms);
