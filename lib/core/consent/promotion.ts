import * as z from 'zod';

import { CalendarDate } from './civil.ts';

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
