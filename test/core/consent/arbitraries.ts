import * as fc from 'fast-check';

import { DataClass } from '../../../lib/core/consent/classes.ts';
import { formatInstant, parseInstant } from '../../../lib/core/consent/civil.ts';
import type { Contact } from '../../../lib/core/consent/contact.ts';
import { type Message, Purpose } from '../../../lib/core/consent/message.ts';
import type { ConsentRecord } from '../../../lib/core/consent/records.ts';
import { clinic, formWith } from './builders.ts';

const few = <T>(item: fc.Arbitrary<T>, most = 2): fc.Arbitrary<T[]> => fc.array(item, { maxLength: most });
const mostly = <T>(usual: T, weight: number, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const yes = mostly(true, 19, false);
const no = mostly(false, 19, true);

/** Around the hours and days at which windows open, years turn, and records meet the instant of sending. */
const moments = [
  '2026-03-08T06:59:59Z',
  '2026-03-30T12:00:00Z',
  '2026-04-01T16:00:00Z',
  '2026-04-02T12:00:00Z',
  '2026-04-02T16:00:00Z',
  '2026-04-02T16:00:01Z',
  '2026-04-03T02:00:00Z',
  '2026-04-05T16:00:00Z',
  '2026-07-15T04:00:00Z',
  '2026-11-01T06:30:00Z',
];
export const now = mostly('2026-04-02T16:00:00Z', 4, ...moments);
const early = mostly('2026-01-05T17:00:00Z', 3, '2025-03-01T00:00:00Z', ...moments);
const absent = <T>(item: fc.Arbitrary<T>, freq = 4): fc.Arbitrary<T | null> => fc.option(item, { freq });
/** Null nine times in ten. */
const seldom = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: item });

const rarely = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> => seldom(seldom(item));

const dataClass = fc.constantFrom(...DataClass.options);
const mildClass = fc.constantFrom<DataClass>(
  'contact_info',
  'demographic',
  'dates_of_service',
  'appointment_logistics',
);
const someClasses = fc.oneof({ weight: 5, arbitrary: few(mildClass) }, { weight: 1, arbitrary: few(dataClass, 1) });
const sudOrNot = fc.oneof(
  { weight: 9, arbitrary: someClasses },
  { weight: 1, arbitrary: fc.constant<DataClass[]>(['sud_part2']) },
);
const heldClasses = fc.oneof(
  { weight: 4, arbitrary: fc.constant<DataClass[]>([...DataClass.options]) },
  { weight: 1, arbitrary: someClasses },
);
const classesOrAll = fc.oneof(
  fc.constant<(DataClass | '*')[]>(['*']),
  fc.constant<(DataClass | '*')[]>(['*']),
  few(dataClass),
);
const entities = mostly(['clinic', 'maker', 'plan'], 9, ['clinic'], ['maker'], []);
const formPurposes = mostly(
  ['marketing.own', 'marketing.third_party', 'fundraising'],
  5,
  ['tpo'],
  ['marketing.own'],
  ['fundraising'],
  [],
);

const revocation: fc.Arbitrary<ConsentRecord['revocation']> = seldom(
  fc.record({ received_at: early, in_writing: fc.boolean(), via: fc.constant('portal') }),
);
const common = { id: fc.constant(''), captured_at: early, evidence_ref: fc.constant('doc:1'), revocation };
const signature = fc.record({
  signed_at: absent(early, 19),
  signer: mostly<'individual' | 'personal_representative'>('individual', 4, 'personal_representative'),
  method: fc.constant('electronic'),
  representative_id: fc.constantFrom('rep-0', 'rep-1', null),
  representative_authority: fc.constantFrom('parent of minor', '', null),
});
const expiration = fc.record({
  kind: mostly<'date' | 'event' | 'none'>('date', 5, 'event', 'none'),
  at: mostly<string | null>('2027-01-01T05:00:00Z', 9, null, ...moments),
  event: fc.constantFrom('discharge', null),
  event_occurred_at: seldom(early),
});

const consent: fc.Arbitrary<ConsentRecord> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant('hipaa_authorization' as const),
    information: fc.record({ described: yes, classes: heldClasses }),
    disclosers: entities,
    recipients: entities,
    purposes: formPurposes,
    promoted_parties: entities,
    expiration,
    signature,
    statements: fc.record({
      right_to_revoke: yes,
      how_to_revoke: yes,
      conditioning: yes,
      redisclosure: yes,
      remuneration: yes,
    }),
    plain_language: yes,
    copy_given: fc.boolean(),
    combined_with: mostly<string[]>([], 19, ['hipaa_authorization'], ['treatment_consent']),
    conditioned_on: mostly<string[]>([], 19, ['treatment']),
    known_false: no,
    channels: mostly(['email', 'sms'], 9, ['email'], []),
    state_form: fc.record({ ca_56_11: yes, ca_longer_term_requested: fc.boolean(), tx_181_154: yes }),
  }),
  fc.record({
    ...common,
    type: fc.constant('part2_consent' as const),
    patient_named: yes,
    disclosers: entities,
    information_classes: heldClasses,
    recipients: entities,
    purposes: mostly(['tpo'], 2, ['tpo', 'marketing.own', 'marketing.third_party'], ['fundraising']),
    expiration,
    signature,
    statements: fc.record({ right_to_revoke: yes, how_to_revoke: yes, redisclosure: yes, refusal_consequences: yes }),
  }),
  fc.record({
    ...common,
    type: fc.constant('tcpa_consent' as const),
    level: fc.constantFrom('pec' as const, 'pewc' as const),
    address_id: mostly('ph-1', 5, 'ph-2'),
    seller_ids: entities,
    signed: yes,
    automated_disclosed: yes,
    not_condition_of_purchase: yes,
  }),
  fc.record({
    ...common,
    type: fc.constant('email_opt_in' as const),
    method: mostly<'express' | 'implied' | 'prechecked'>('express', 5, 'implied', 'prechecked'),
    sender_ids: entities,
    topics: mostly(['*'], 3, ['news'], []),
  }),
  fc.record({
    ...common,
    type: fc.constant('chd_consent' as const),
    kind: fc.constantFrom('collect_use' as const, 'share' as const),
    classes: heldClasses,
    purposes: formPurposes,
    entity_ids: entities,
    party_ids: entities,
    expires_at: seldom(early),
  }),
  fc.record({
    ...common,
    type: fc.constant('electronic_notice_agreement' as const),
    channels: fc.constant<string[]>(['email', 'sms']),
  }),
  fc.record({ ...common, type: fc.constant('unencrypted_preference' as const), warned: yes }),
);

const event = fc.record({ id: fc.constant('ev'), at: early });
const address = fc.record({
  holder: mostly<Contact['addresses'][number]['holder']>('individual', 9, 'personal_representative', 'involved_person'),
  holder_record_id: fc.constantFrom('rep-0', 'inv-0'),
  verified: yes,
  bounce: rarely(
    fc.record({ id: fc.constant('bo-1'), kind: fc.constantFrom('hard' as const, 'soft' as const), at: early }),
  ),
  complaint: rarely(fc.record({ id: fc.constant('cp-1'), at: early })),
  reassigned: rarely(fc.record({ id: fc.constant('ra-1'), at: early })),
});

/** Gives records ids of their place, so that no two of a list share one. */
const numbered = <T extends { id: string }>(prefix: string, records: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  records.map((list) => list.map((record, place) => ({ ...record, id: `${prefix}-${place}` })));

export const contact: fc.Arbitrary<Contact> = fc.record({
  contact_id: fc.constant('ct-1'),
  relationship: mostly<Contact['relationship']>('patient', 2, 'former_patient', 'plan_member', 'prospect', 'prospect'),
  state: fc.constantFrom('OH', 'CA', 'TX', 'FL', 'WA', null),
  time_zone: mostly<string | null>(
    'America/New_York',
    4,
    'America/Chicago',
    'America/Los_Angeles',
    'America/Phoenix',
    null,
  ),
  birth_date: mostly('1979-04-12', 6, '2008-04-02', '2008-02-29', '2012-09-30'),
  emancipated: no,
  deceased: rarely(fc.record({ id: fc.constant('de-1'), recorded_at: early })),
  addresses: fc.tuple(address, address).map(([first, second]) => [
    { ...first, address_id: 'em-1', channel: 'email' as const },
    { ...second, address_id: 'ph-1', channel: 'sms' as const },
  ]),
  suppressions: numbered(
    'su',
    few(
      fc.record({
        id: fc.constant(''),
        scope: mostly<Contact['suppressions'][number]['scope']>(
          'commercial',
          1,
          'topic',
          'topic',
          'sms',
          'fundraising',
          'fundraising',
          'all',
        ),
        topic: fc.constantFrom('news', 'devices', null),
        received_at: early,
        released_at: absent(early),
        source: fc.constant('unsubscribe'),
      }),
      1,
    ),
  ),
  restrictions: numbered(
    're',
    few(
      fc.record({
        id: fc.constant(''),
        kind: fc.constantFrom('agreed' as const, 'oop_health_plan' as const),
        uses: few(
          fc.constantFrom(
            'treatment' as const,
            'payment' as const,
            'operations' as const,
            'marketing' as const,
            'all' as const,
          ),
        ),
        classes: classesOrAll,
        items: few(fc.constantFrom('svc-1', 'svc-2')),
        agreed_at: absent(early),
        terminated_at: absent(early),
        terminated_by: fc.constantFrom('individual' as const, 'mutual' as const, 'entity' as const, null),
      }),
      1,
    ),
  ),
  confidential_communications: numbered(
    'cc',
    few(
      fc.record({
        id: fc.constant(''),
        received_at: early,
        ended_at: seldom(early),
        address_ids: mostly(['em-1', 'ph-1'], 6, ['em-1'], []),
      }),
      1,
    ),
  ),
  personal_representatives: numbered(
    'rep',
    few(
      fc.record({
        id: fc.constant(''),
        authority: fc.constantFrom(
          'parent' as const,
          'guardian_of_minor' as const,
          'guardian' as const,
          'health_care_poa' as const,
        ),
        documented_at: mostly<string | null>('2024-01-10T15:00:00Z', 5, null, ...moments),
        ends_at: seldom(early),
        scope_classes: classesOrAll,
        blocked: seldom(event.map(({ at }) => ({ id: 'bl-1', at }))),
      }),
    ),
  ),
  involved_persons: numbered(
    'inv',
    few(fc.record({ id: fc.constant(''), agreed_at: absent(early), ended_at: seldom(early), classes: heldClasses })),
  ),
  minor_consented_services: mostly<string[]>([], 1, ['svc-1']),
  consents: numbered('co', fc.array(consent, { minLength: 4, maxLength: 12 })),
  send_history: few(
    fc.record({ at: early, channel: fc.constantFrom('email' as const, 'sms' as const), commercial: fc.boolean() }),
    3,
  ),
});

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
