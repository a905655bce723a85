import * as z from 'zod';
import { canonical } from '../../lib/core/consent/digest.ts';
import { ConfidentialCommunication, InvolvedPerson, PersonalRepresentative, Restriction } from '../../lib/core/consent/contact.ts';
import { ConsentRecord } from '../../lib/core/consent/records.ts';
import { Act, amend, append } from '../../lib/core/contact/append.ts';
import type { ListName } from '../../lib/core/contact/append.ts';
import { Capture } from '../../lib/core/contact/record.ts';
import type { ContactRecord, Standing } from '../../lib/core/contact/record.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { ConsentIntake } from '../../lib/core/intake/fhir-consent.ts';
import { consentRefusals, patientOf, readFhirConsent } from '../../lib/core/intake/fhir-consent.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

const RecordId = z.string().min(1).max(100);

/** A consent as it was captured; it is revoked by a request of its own. */
const Captured = ConsentRecord.refine(({ revocation }) => revocation === null, { path: ['revocation'] })
  .refine(({ id }) => RecordId.safeParse(id).success, { path: ['id'] });

/** Stops what `scope` names, from now on. */
const SuppressionRequest = z.strictObject({
  scope: z.enum(['all', 'commercial', 'topic', 'sms', 'fundraising']),
  topic: Name.nullable().default(null),
  /** Where the wish came in. */
  source: Name,
}).refine(({ scope, topic }) => (scope === 'topic') === (topic !== null), { path: ['topic'] });

/** What may happen to which record; the rest of a record never changes. */
const ActRequest = z.discriminatedUnion('of', [
  /** `by`: who ends it. An end by the entity alone leaves it binding for what was known before, 45 CFR 164.522(a)(2). */
  z.strictObject({ of: z.literal('restriction'), act: z.literal('end'), id: RecordId, by: z.enum(['individual', 'mutual', 'entity']) }),
  z.strictObject({ of: z.literal('confidentialCommunication'), act: z.literal('end'), id: RecordId }),
  z.strictObject({ of: z.literal('involvedPerson'), act: z.literal('end'), id: RecordId }),
  z.strictObject({ of: z.literal('personalRepresentative'), act: Act, id: RecordId }),
]);

const listOf = {
  restriction: 'restrictions', confidentialCommunication: 'confidential_communications',
  personalRepresentative: 'personal_representatives', involvedPerson: 'involved_persons',
} as const satisfies Record<z.infer<typeof ActRequest>['of'], ListName>;

/** A request does one of these. */
const parts = [
  'record', 'suppression', 'restriction', 'confidentialCommunication', 'personalRepresentative', 'involvedPerson', 'act', 'fhir', 'consent',
] as const;

/**
 * `POST /contacts/{contact}/consents` with one of `record`, `suppression`, `restriction`, `confidentialCommunication`,
 * `personalRepresentative`, `involvedPerson`, `act` or `fhir`;
 * `POST /contacts/{contact}/consents/{consent}/revocation` with `inWriting` and `via`.
 */
export const ConsentRequest = z.strictObject({
  contact: ContactId,
  record: Captured.optional(),
  suppression: SuppressionRequest.optional(),
  /** A FHIR R4 Consent of the patient that the contact was imported from. */
  fhir: z.looseObject({ resourceType: z.literal('Consent') }).optional(),
  /** What the person was shown, beside a `record` or a `suppression`. */
  capture: Capture.optional(),
  /** A restriction on uses that was asked for, and agreed to where `agreed_at` says so; 45 CFR 164.522(a). */
  restriction: Restriction.extend({ id: RecordId }).optional(),
  /** A request to be reached at these addresses alone, or at none of them; 45 CFR 164.522(b). */
  confidentialCommunication: ConfidentialCommunication.extend({ id: RecordId }).optional(),
  /** Who stands for the person, from when it is documented on; 45 CFR 164.502(g). */
  personalRepresentative: PersonalRepresentative.extend({ id: RecordId }).optional(),
  /** Family or a friend whom the person lets know; 45 CFR 164.510(b). */
  involvedPerson: InvolvedPerson.extend({ id: RecordId }).optional(),
  act: ActRequest.optional(),
  /** The consent to revoke. */
  consent: RecordId.optional(),
  inWriting: z.boolean().default(false),
  /** How the revocation came in: `portal`, `letter`, `phone`. */
  via: Name.default('api'),
}).refine((request) => parts.filter((part) => request[part] !== undefined).length === 1)
  .refine(({ record, suppression, capture }) => capture === undefined || record !== undefined || suppression !== undefined, { path: ['capture'] });
export type ConsentRequest = z.infer<typeof ConsentRequest>;

export type ConsentPorts = {
  readonly contacts: Pick<ContactStore, 'update' | 'zone' | 'contactOfSource'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

const within = (record: ContactRecord, change: Partial<Standing>): ContactRecord =>
  ({ ...record, standing: { ...record.standing, ...change } });

const content = (consent: object): string => canonical({ ...consent, revocation: null });

const add = (contact: ContactRecord, consent: ConsentRecord, capture?: Capture): ContactRecord => {
  const { consents } = contact.standing;
  const known = consents.find(({ id }) => id === consent.id);
  if (known === undefined) {
    return within(contact, {
      consents: [...consents, { ...consent, revocation: null, ...(capture === undefined ? {} : { capture }) }],
    });
  }
  if (content({ ...known, capture: undefined }) !== content(consent)) throw new SendwellError('consent.changed', { consent: consent.id });
  return contact;
};

/** What stands after a record was added to a list beside consents and suppressions, or an act upon one of them. */
const keep = (standing: Standing, request: ConsentRequest, now: Instant): Standing => {
  const { restriction, confidentialCommunication, personalRepresentative, involvedPerson, act, via } = request;
  if (restriction !== undefined) return append(standing, 'restrictions', restriction);
  if (confidentialCommunication !== undefined) return append(standing, 'confidential_communications', confidentialCommunication);
  if (personalRepresentative !== undefined) return append(standing, 'personal_representatives', personalRepresentative);
  if (involvedPerson !== undefined) return append(standing, 'involved_persons', involvedPerson);
  if (act === undefined) return standing;
  return amend(standing, { list: listOf[act.of], id: act.id, act: act.act, via, now, by: 'by' in act ? act.by : undefined });
};

/** The first revocation stands, with its instant. */
const revoke = (contact: ContactRecord, id: string, revocation: Standing['consents'][number]['revocation']): ContactRecord => {
  const { consents } = contact.standing;
  const index = consents.findIndex((consent) => consent.id === id);
  const consent = consents[index];
  if (consent === undefined) throw new SendwellError('consent.unknown', { consent: id });
  return consent.revocation === null ? within(contact, { consents: consents.with(index, { ...consent, revocation }) }) : contact;
};

type Wish = z.infer<typeof SuppressionRequest> & { readonly id?: string; readonly receivedAt?: Instant };

const suppress = (contact: ContactRecord, { scope, topic, source, ...wish }: Wish, now: Instant, capture?: Capture): ContactRecord => {
  const { suppressions } = contact.standing;
  const stands = suppressions.some((one) => one['scope'] === scope && one['topic'] === topic && one['released_at'] === null
    && (one['channel'] ?? null) === null);
  if (stands || suppressions.some(({ id }) => id === wish.id)) return contact;
  const id = wish.id ?? `suppression-${suppressions.length + 1}`;
  const added = { id, scope, topic, received_at: wish.receivedAt ?? now, released_at: null, source, ...(capture === undefined ? {} : { capture }) };
  return within(contact, { suppressions: [...suppressions, added] });
};

/** Whether the Consent is of the very patient that the contact was imported from. */
const isOf = async ({ contacts }: ConsentPorts, contact: ContactId, fhir: unknown): Promise<boolean> => {
  const patient = patientOf(fhir);
  return patient !== undefined && await contacts.contactOfSource(`fhir/${patient}`) === contact;
};

const readFhir = async (ports: ConsentPorts, contact: ContactId, fhir: unknown): Promise<ConsentIntake> => {
  const zone = await ports.contacts.zone(contact);
  if (zone === undefined) throw new SendwellError('contact.unknown', { contact });
  if (await isOf(ports, contact, fhir)) return readFhirConsent(fhir, { organisation: ports.organisation, zone, now: ports.clock.now() });
  return { refused: [{ code: 'patient.other', path: 'patient', remedy: consentRefusals['patient.other'] }] };
};

/**
 * Records what a contact permits, asks for, or who stands for them, acts upon such a record, revokes a consent, or stops
 * mail of a scope; repeated, each is no change. A FHIR
 * Consent goes in as the one or the other, or comes back with the places that say nothing for certain, and nothing is
 * written. Whatever changes the record also moves its gate, so a send that read the contact before does not leave; the
 * runs that a revocation or suppression touches have ended when it is answered. Its instant is taken after the record
 * was read, and so after the decision of each send that came first.
 * Throws `consent.changed` for a known id with another content, `consent.unknown` on a revocation or an act upon none.
 */
export const recordConsent = (ports: ConsentPorts) => async (request: ConsentRequest): Promise<ApiAnswer> => {
  const { contact, record, suppression, fhir, consent, inWriting, via, capture } = request;
  const read = fhir === undefined ? undefined : await readFhir(ports, contact, fhir);
  if (read !== undefined && 'refused' in read) return { status: 422, json: { contact, changed: false, refused: read.refused } };
  const changed = await ports.contacts.update(contact, (before) => {
    if (record !== undefined) return add(before, record, capture);
    const now = ports.clock.now();
    const kept = keep(before.standing, request, now);
    if (kept !== before.standing) return { ...before, standing: kept };
    if (suppression !== undefined) return suppress(before, suppression, now, capture);
    if (read !== undefined) return 'record' in read ? add(before, read.record) : suppress(before, { ...read.suppression, topic: null }, now);
    return consent === undefined ? before : revoke(before, consent, { received_at: now, in_writing: inWriting, via });
  });
  if (record === undefined) await ports.withdraw(contact);
  return { status: changed ? 201 : 200, json: { contact, changed } };
};
