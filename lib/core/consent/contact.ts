import * as z from 'zod';

import { Channel, Reader } from './channel.ts';
import { CalendarDate, Instant } from './civil.ts';
import { DataClass } from './classes.ts';
import { ConsentRecord } from './records.ts';
import { State } from './state.ts';
import { TimeZone } from './zone.ts';

const Event = z.object({ id: z.string(), at: Instant });
const ClassOrAll = z.enum([...DataClass.options, '*']);

export const Address = z.object({
  address_id: z.string(),
  channel: Channel,
  holder: Reader,
  /** Which representative or involved person reads at this address; null for the individual. */
  holder_record_id: z.string().nullable(),
  verified: z.boolean(),
  bounce: Event.extend({ kind: z.enum(['hard', 'soft']) }).nullable(),
  complaint: Event.nullable(),
  reassigned: Event.nullable(),
});
export type Address = z.infer<typeof Address>;

export const Suppression = z.object({
  id: z.string(),
  scope: z.enum(['all', 'commercial', 'topic', 'sms', 'fundraising']),
  topic: z.string().nullable(),
  /** The one channel that a `topic` suppression stops; without it, every channel. */
  channel: Channel.nullish(),
  received_at: Instant,
  released_at: Instant.nullable(),
  source: z.string().nullable(),
});
export type Suppression = z.infer<typeof Suppression>;

/** A restriction on uses, 45 CFR 164.522(a). One that was asked for and not agreed to has `agreed_at` null. */
export const Restriction = z.object({
  id: z.string(),
  kind: z.enum(['agreed', 'oop_health_plan']),
  uses: z.array(z.enum(['treatment', 'payment', 'operations', 'marketing', 'all'])),
  classes: z.array(ClassOrAll),
  items: z.array(z.string()),
  agreed_at: Instant.nullable(),
  terminated_at: Instant.nullable(),
  terminated_by: z.enum(['individual', 'mutual', 'entity']).nullable(),
});
export type Restriction = z.infer<typeof Restriction>;

export const ConfidentialCommunication = z.object({
  id: z.string(),
  received_at: Instant,
  ended_at: Instant.nullable(),
  address_ids: z.array(z.string()),
});
export type ConfidentialCommunication = z.infer<typeof ConfidentialCommunication>;

export const PersonalRepresentative = z.object({
  id: z.string(),
  authority: z.enum(['parent', 'guardian_of_minor', 'guardian', 'health_care_poa', 'executor']),
  documented_at: Instant.nullable(),
  ends_at: Instant.nullable(),
  scope_classes: z.array(ClassOrAll),
  blocked: Event.nullable(),
});
export type PersonalRepresentative = z.infer<typeof PersonalRepresentative>;

export const InvolvedPerson = z.object({
  id: z.string(),
  agreed_at: Instant.nullable(),
  ended_at: Instant.nullable(),
  classes: z.array(DataClass),
});
export type InvolvedPerson = z.infer<typeof InvolvedPerson>;

/**
 * A person with every fact that a decision may rest on. Each key must be there; keys beyond these are ignored.
 * Instants are RFC 3339 texts with an offset, dates are calendar dates.
 */
export const Contact = z.object({
  contact_id: z.string(),
  relationship: z.enum(['patient', 'former_patient', 'plan_member', 'prospect']),
  state: State.nullable(),
  time_zone: TimeZone.nullable(),
  /** Null for a prospect only, who then counts as an adult. */
  birth_date: CalendarDate.nullable(),
  emancipated: z.boolean(),
  deceased: z.object({ id: z.string(), recorded_at: Instant }).nullable(),
  addresses: z.array(Address),
  suppressions: z.array(Suppression),
  restrictions: z.array(Restriction),
  confidential_communications: z.array(ConfidentialCommunication),
  personal_representatives: z.array(PersonalRepresentative),
  involved_persons: z.array(InvolvedPerson),
  /** Services the minor lawfully consented to alone, 45 CFR 164.502(g)(3). */
  minor_consented_services: z.array(z.string()),
  consents: z.array(ConsentRecord),
  send_history: z.array(z.object({ at: Instant, channel: Channel, commercial: z.boolean() })),
});
export type Contact = z.infer<typeof Contact>;
