import * as z from 'zod';

/** Why a message is sent; the terms of 45 CFR 164.501 and 164.506 decide what each may rest on. */
export const Purpose = z.enum([
  'appointment_reminder', 'care_coordination', 'refill_reminder', 'billing', 'satisfaction_survey', 'health_education',
  'government_program_info', 'own_service_info', 'plan_benefit_info', 'marketing', 'fundraising', 'legal_notice',
  'account_security', 'emergency_safety',
]);
export type Purpose = z.infer<typeof Purpose>;

/** What a value reveals about a person. `sud_part2` is any substance-use-disorder data, 42 CFR Part 2. */
export const DataClass = z.enum([
  'contact_info', 'patient_relationship', 'demographic', 'appointment_logistics', 'appointment_detail',
  'department_of_service', 'treating_clinician', 'dates_of_service', 'outcome', 'insurance_status', 'billing_claims',
  'diagnosis', 'medication', 'procedure', 'lab_result', 'behavioral_health', 'reproductive_health', 'hiv_sti',
  'genetic', 'gender_affirming_care', 'sud_part2', 'sud_counseling_notes', 'psychotherapy_notes',
]);
export type DataClass = z.infer<typeof DataClass>;

const Cents = z.int().min(0).nullable();

/** A product or service that the message encourages someone to buy or use, 45 CFR 164.501 "marketing". */
export const Promotion = z.strictObject({
  promotion_id: z.string().min(1).max(100),
  what: z.enum([
    'own_health_service', 'own_other', 'third_party', 'drug', 'drug_delivery_system', 'plan_benefit',
    'plan_value_added', 'government_program',
  ]),
  owner_id: z.string().min(1).max(100),
  individualized_treatment: z.boolean(),
  drug_relation: z.enum([
    'current', 'generic_of_current', 'delivery_system_of_current', 'new_formulation', 'adjunct', 'unrelated',
  ]).nullable(),
  lapsed_on: z.iso.date().nullable(),
  /** 164.501 "financial remuneration". Amounts in US cents. */
  remuneration: z.strictObject({
    kind: z.enum(['none', 'in_kind', 'financial']),
    payer: z.enum(['none', 'product_owner', 'unrelated_party']),
    payee: z.enum(['covered_entity', 'business_associate']).nullable(),
    amount_cents: Cents,
    reasonable_cost_cents: Cents,
    fair_market_value_cents: Cents,
  }),
  ca_chronic_condition: z.boolean(),
});
export type Promotion = z.infer<typeof Promotion>;
