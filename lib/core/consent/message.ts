import * as z from 'zod';

import { CalendarDate } from './civil.ts';
import { DataClass } from './classes.ts';
import { Channel, Reader } from './contact.ts';

export const Purpose = z.enum([
  'appointment_reminder',
  'care_coordination',
  'refill_reminder',
  'billing',
  'satisfaction_survey',
  'health_education',
  'government_program_info',
  'own_service_info',
  'plan_benefit_info',
  'marketing',
  'fundraising',
  'legal_notice',
  'account_security',
  'emergency_safety',
  'research_recruitment',
]);
export type Purpose = z.infer<typeof Purpose>;

const Cents = z.number().min(0).nullable();

/** What somebody gives for the message, in cents. Who pays on behalf of the owner is `product_owner` too. */
export const Remuneration = z.object({
  kind: z.enum(['none', 'in_kind', 'financial']),
  payer: z.enum(['none', 'product_owner', 'unrelated_party']),
  payee: z.enum(['covered_entity', 'business_associate']).nullable(),
  amount_cents: Cents,
  reasonable_cost_cents: Cents,
  fair_market_value_cents: Cents,
});

/** One product or service that the message encourages a person to buy or use, in a footer as well. */
export const Promotion = z.object({
  promotion_id: z.string(),
  what: z.enum([
    'own_health_service',
    'own_other',
    'third_party',
    'drug',
    'drug_delivery_system',
    'plan_benefit',
    'plan_value_added',
    'government_program',
  ]),
  owner_id: z.string(),
  individualized_treatment: z.boolean(),
  drug_relation: z
    .enum(['current', 'generic_of_current', 'delivery_system_of_current', 'new_formulation', 'adjunct', 'unrelated'])
    .nullable(),
  lapsed_on: CalendarDate.nullable(),
  remuneration: Remuneration,
  ca_chronic_condition: z.boolean(),
});
export type Promotion = z.infer<typeof Promotion>;

export const ThirdParty = z.object({
  entity_id: z.string(),
  role: z.enum(['processor', 'tracker', 'partner', 'health_plan']),
  receives_phi: z.boolean(),
  agreement: z.boolean(),
  pays_for_phi: z.boolean(),
});
export type ThirdParty = z.infer<typeof ThirdParty>;

const classes = z.array(DataClass);

/** A message about to leave. Each key must be there; keys beyond these are ignored. */
export const Message = z.object({
  message_id: z.string(),
  journey_id: z.string(),
  channel: Channel,
  to_address_id: z.string(),
  addressee: Reader,
  addressee_record_id: z.string().nullable(),
  purpose: Purpose,
  topic: z.string().nullable(),
  sender: z.object({
    entity_id: z.string(),
    entity_type: z.enum(['provider', 'health_plan', 'non_covered']),
    part2_program: z.boolean(),
    npp_fundraising_statement: z.boolean(),
    platform_agreement: z.boolean(),
  }),
  data_origin: z.enum(['covered_entity_records', 'consumer_direct', 'third_party_list']),
  phi: z.object({
    content: classes,
    detected_in_content: classes,
    subject: classes,
    segment: classes,
    inferred: classes,
    service_items: z.array(z.string()),
    /** Never relied on: whatever carries an address identifies its reader, 45 CFR 164.514(b)(2). */
    claimed_deidentified: z.boolean(),
  }),
  promotions: z.array(Promotion),
  third_parties: z.array(ThirdParty),
  form: z.object({
    truthful_headers: z.boolean(),
    physical_address: z.boolean(),
    visible_unsubscribe: z.boolean(),
    one_click_unsubscribe: z.boolean(),
    fundraising_opt_out: z.boolean(),
    ca_remuneration_notice: z.boolean(),
  }),
  delivery: z.object({ encryption: z.enum(['tls_required', 'opportunistic']) }),
  /** Complaints over deliveries of this commercial stream, 0 to 1. */
  stream: z.object({ complaint_rate: z.number().min(0).max(1) }),
});
export type Message = z.infer<typeof Message>;
