import * as z from 'zod';

import { Channel, Reader } from './channel.ts';
import { DataClass } from './classes.ts';
import { Promotion } from './promotion.ts';
import { Purpose } from './purpose.ts';

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
