import * as z from 'zod';
import type { DataClass } from '../consent/classes.ts';
import { OffsetInstant } from '../offset-instant.ts';

/**
 * The fields of a contact that conditions and templates may read, each with the data class it reveals. A value outside
 * this table is not kept at intake: 45 CFR 164.502(b), minimum necessary. `moment` marks what a wait may be reckoned from.
 */
export const fieldTable = {
  firstName: { schema: z.string().min(1).max(100), reveals: 'contact_info' },
  lastName: { schema: z.string().min(1).max(100), reveals: 'contact_info' },
  birthDate: { schema: z.iso.date(), reveals: 'demographic', moment: 'date' },
  gender: { schema: z.string().max(20), reveals: 'demographic' },
  language: { schema: z.string().max(20), reveals: 'demographic' },
  planYear: { schema: z.int().min(2000).max(2100), reveals: 'insurance_status' },
  planEndsOn: { schema: z.iso.date(), reveals: 'insurance_status', moment: 'date' },
  /** The next appointment: any RFC 3339 instant with its offset, kept in UTC. */
  appointmentAt: { schema: OffsetInstant, reveals: 'appointment_logistics', moment: 'instant' },
  lastVisitOn: { schema: z.iso.date(), reveals: 'dates_of_service', moment: 'date' },
  /** SNOMED CT codes of the conditions that are active. */
  conditions: { schema: z.array(z.string().max(20)).max(500), reveals: 'diagnosis' },
  /** RxNorm codes of the medications that are active. */
  medications: { schema: z.array(z.string().max(20)).max(500), reveals: 'medication' },
} as const satisfies Record<string, { schema: z.ZodType; reveals: DataClass; moment?: 'date' | 'instant' }>;

export type FieldName = keyof typeof fieldTable;

/** Fields that follow from others and the day: readable, never stored. `age` is in whole years in the contact's zone. */
export const derivedFieldTable = {
  age: { reveals: 'demographic' },
} as const satisfies Record<string, { reveals: DataClass }>;

export const Fields = z.strictObject({
  firstName: fieldTable.firstName.schema.optional(),
  lastName: fieldTable.lastName.schema.optional(),
  birthDate: fieldTable.birthDate.schema.optional(),
  gender: fieldTable.gender.schema.optional(),
  language: fieldTable.language.schema.optional(),
  planYear: fieldTable.planYear.schema.optional(),
  planEndsOn: fieldTable.planEndsOn.schema.optional(),
  appointmentAt: fieldTable.appointmentAt.schema.optional(),
  lastVisitOn: fieldTable.lastVisitOn.schema.optional(),
  conditions: fieldTable.conditions.schema.optional(),
  medications: fieldTable.medications.schema.optional(),
});
export type Fields = z.infer<typeof Fields>;

const RecordId = z.string().min(1).max(100);
const At = z.string();

/** How a wish or a consent was taken down; stands beside it in consents and suppressions under the key `capture`. */
export const Capture = z.strictObject({
  /** Where: `preference-page`, `unsubscribe`, `form`, `phone`. */
  source: z.string().min(1).max(60),
  /** Version of the wording. */
  version: z.string().min(1).max(100),
  language: z.enum(['en', 'es']),
  /** What the person read when choosing. No address of a network or a device is kept. */
  wording: z.string().max(2000),
});
export type Capture = z.infer<typeof Capture>;

/** One wish as it was given; it stands until a later one on the same matter. */
export const Choice = z.strictObject({
  at: At,
  matter: z.enum(['email', 'text', 'stop', 'frequency', 'language']),
  /** The topic of `email` and `text`, the scope of `stop`; null of the others. */
  of: z.string().max(60).nullable(),
  value: z.string().max(20),
  capture: Capture,
});
export type Choice = z.infer<typeof Choice>;

/**
 * What the consent engine judges a contact by, except the sends already made, which stand in the send gate. The
 * engine validates the inner shapes itself and denies what it cannot read.
 */
export const Standing = z.object({
  relationship: z.enum(['patient', 'former_patient', 'plan_member', 'prospect']),
  /** USPS code of the state of residence. */
  state: z.string().length(2).nullable(),
  time_zone: z.string().max(60).nullable(),
  birth_date: z.iso.date().nullable(),
  emancipated: z.boolean(),
  deceased: z.object({ id: RecordId, recorded_at: At }).nullable(),
  addresses: z.array(z.looseObject({
    address_id: RecordId,
    channel: z.enum(['email', 'sms']),
    holder: z.enum(['individual', 'personal_representative', 'involved_person']),
    holder_record_id: RecordId.nullable(),
    verified: z.boolean(),
    bounce: z.object({ id: RecordId, kind: z.enum(['hard', 'soft']), at: At }).nullable(),
    complaint: z.object({ id: RecordId, at: At }).nullable(),
    reassigned: z.object({ id: RecordId, at: At }).nullable(),
  })).max(20),
  suppressions: z.array(z.looseObject({ id: RecordId, received_at: At })),
  restrictions: z.array(z.looseObject({ id: RecordId })),
  confidential_communications: z.array(z.looseObject({ id: RecordId })),
  personal_representatives: z.array(z.looseObject({ id: RecordId })),
  involved_persons: z.array(z.looseObject({ id: RecordId })),
  minor_consented_services: z.array(z.string()),
  consents: z.array(z.looseObject({
    id: RecordId,
    type: z.string(),
    captured_at: At,
    revocation: z.object({ received_at: At, in_writing: z.boolean(), via: z.string() }).nullable(),
  })),
});
export type Standing = z.infer<typeof Standing>;

/** Everything of a contact that is PHI; at rest one AES-256-GCM blob under the contact's own data key. */
export const ContactRecord = z.strictObject({
  fields: Fields,
  standing: Standing,
  /** By `address_id`: the e-mail address or phone number itself. */
  destinations: z.record(RecordId, z.string().max(254)),
  /** The log of the wishes given on the preference page, oldest first; none is ever changed. */
  choices: z.array(Choice).optional(),
});
export type ContactRecord = z.infer<typeof ContactRecord>;
