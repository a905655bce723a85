import * as z from 'zod';
import { State } from '../consent/state.ts';
import { isTimeZone } from '../consent/zone.ts';
import type { ContactRecord } from '../contact/record.ts';
import { Fields, Standing } from '../contact/record.ts';
import { ageOn } from '../contact/fields.ts';
import type { Instant } from '../time.ts';
import type { RefusalCode } from './refusal.ts';
import { dotted } from './refusal.ts';
import { zoneOfState } from './states.ts';

const oldest = 130;

/** A contact as a source system, or a client of the API, hands it in. */
export const IntakeContact = z.strictObject({
  /** `<system>/<id in that system>`. The same source again is the same contact. */
  source: z.string().max(200).regex(/^[a-z][a-z0-9-]*\/\S+$/u),
  relationship: Standing.shape.relationship,
  /** Postal code of the state of residence. */
  state: State.nullable(),
  /** IANA name; without one, the zone of the state where it has a single one. */
  timeZone: z.string().max(60).refine(isTimeZone).nullable().default(null),
  /** Null for a prospect only: whoever cannot be told from a minor gets no mail. */
  birthDate: z.iso.date().nullable(),
  deceased: z.boolean().default(false),
  email: z.email().max(254).nullable().default(null),
  fields: Fields.omit({ birthDate: true }).default({}),
});
export type IntakeContact = z.infer<typeof IntakeContact>;

/** What an export does not tell. */
export type IntakeOptions = {
  readonly now: Instant;
  readonly relationship: IntakeContact['relationship'];
  /** The address of a patient whose export has none. */
  readonly email: (patientId: string) => string | null;
};

/** A fault of one candidate, with the path inside it. */
export type Fault = { readonly code: RefusalCode; readonly path: string };

const codeOf: Readonly<Record<string, RefusalCode>> = {
  source: 'source.missing', state: 'state.unknown', timeZone: 'time-zone.unknown', birthDate: 'birth-date.invalid',
  email: 'email.invalid',
};

const isImpossible = ({ birthDate, relationship, timeZone }: IntakeContact, now: Instant): boolean => {
  if (birthDate === null) return relationship !== 'prospect';
  const age = ageOn(birthDate, timeZone ?? 'UTC', now);
  return age === undefined || age > oldest;
};

/** Checks a candidate against the schema and the day. Unknown keys are not named: they may be values by mistake. */
export const readIntake = (candidate: unknown, now: Instant): { readonly contact: IntakeContact } | { readonly faults: readonly Fault[] } => {
  const result = IntakeContact.safeParse(candidate);
  if (!result.success) {
    return {
      faults: result.error.issues.map(({ code, path }) => {
        if (code === 'unrecognized_keys') return { code: 'field.undeclared', path: dotted(path) };
        if (path.length === 0) return { code: 'row.malformed', path: '' };
        return { code: codeOf[String(path[0])] ?? 'field.invalid', path: dotted(path) };
      }),
    };
  }
  return isImpossible(result.data, now) ? { faults: [{ code: 'birth-date.invalid', path: 'birthDate' }] } : { contact: result.data };
};

const emailAddress = (address_id: string): Standing['addresses'][number] => ({
  address_id, channel: 'email', holder: 'individual', holder_record_id: null, verified: true, bounce: null,
  complaint: null, reassigned: null,
});

const deceasedAt = (now: Instant): Standing['deceased'] => ({ id: 'deceased-1', recorded_at: now });

const fieldsOf = ({ fields, birthDate }: IntakeContact): Fields =>
  ({ ...fields, ...(birthDate === null ? {} : { birthDate }) });

const zoneOf = ({ timeZone, state }: IntakeContact): string | null =>
  timeZone ?? (state === null ? null : zoneOfState(state));

/** The record of a new contact: no consent, no suppression, and the address verified, as the source vouches for it. */
export const toRecord = (intake: IntakeContact, now: Instant): ContactRecord => ({
  fields: fieldsOf(intake),
  standing: {
    relationship: intake.relationship, state: intake.state, time_zone: zoneOf(intake), birth_date: intake.birthDate,
    emancipated: false, deceased: intake.deceased ? deceasedAt(now) : null,
    addresses: intake.email === null ? [] : [emailAddress('em-1')],
    suppressions: [], restrictions: [], confidential_communications: [], personal_representatives: [],
    involved_persons: [], minor_consented_services: [], consents: [],
  },
  destinations: intake.email === null ? {} : { 'em-1': intake.email },
});
