import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { AuthorizationForm } from '../authorization/form.ts';
import { authorizationOf, endOf } from '../authorization/sign.ts';
import type { ConsentRecord } from '../consent/records.ts';
import { latestZone } from '../consent/zone.ts';
import type { Organisation } from '../organisation.ts';
import type { Instant } from '../time.ts';
import { parseInstant } from '../offset-instant.ts';

/** Why a Consent, or a part of it, says nothing that may be kept. A Consent goes in whole or not at all. */
export const consentRefusals = {
  'consent.malformed': 'Send a FHIR R4 resource of type Consent; correct the element at the path.',
  'consent.not-active': 'Send a Consent that is in force; revoke a consent that ended through the revocation of its record.',
  'consent.scope': 'Send a Consent of the scope patient-privacy.',
  'consent.category': 'Record this kind of consent through the API with all its elements; FHIR does not carry them.',
  'consent.modifier': 'Leave modifier extensions out; what they change cannot be known.',
  'patient.other': 'Send the Consent of the patient that this contact was imported from.',
  'date.imprecise': 'Give a full date, with a time and an offset where the hour matters.',
  'date.future': 'Send the Consent when it has taken effect.',
  'provision.missing': 'State permit or deny in the provision; a policy rule alone is not read as either.',
  'provision.nested': 'Send one Consent without exceptions; nested provisions are not weighed against each other.',
  'provision.narrowed': 'Leave out what narrows the provision; a record cannot carry it, and without it would say more.',
  'purpose.unmapped': 'Give the purpose HMARKT of v3-ActReason, alone; wishes on other uses are recorded through the API.',
  'form.unknown': 'Name one of the organisation\'s own forms in policy.uri: <linkBase>/forms/<form>/<version>.',
  'performer.unmapped': 'Send a Consent that the patient signed; a representative\'s is recorded with its authority through the API.',
  'evidence.missing': 'Attach the signed form with its hash, or refer to where it is kept.',
} as const satisfies Record<string, string>;

export type ConsentRefusal = { readonly code: keyof typeof consentRefusals; readonly path: string; readonly remedy: string };

/** A Consent either permits through a record, or denies through a suppression. */
export type ConsentIntake =
  | { readonly record: ConsentRecord }
  | { readonly suppression: { readonly id: string; readonly scope: 'commercial'; readonly receivedAt: Instant; readonly source: string } }
  | { readonly refused: readonly ConsentRefusal[] };

export type ConsentOptions = {
  readonly organisation: Pick<Organisation, 'entityId' | 'linkBase' | 'authorization' | 'authorizationForms'>;
  /** Zone of the contact; a date without a time begins in it. */
  readonly zone: string | null;
  readonly now: Instant;
};

const Coding = z.object({ system: z.string().optional(), code: z.string().optional() });
const Concept = z.object({ coding: z.array(Coding).min(1) });
const Period = z.object({ start: z.string().optional(), end: z.string().optional() });

/** The elements that are read. Whatever else stands in a provision narrows it and is found by its presence. */
const Provision = z.looseObject({ type: z.enum(['deny', 'permit']).optional(), period: Period.optional(), purpose: z.array(Coding).optional() });
const Consent = z.looseObject({
  resourceType: z.literal('Consent'),
  id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/u),
  status: z.string(),
  scope: Concept,
  category: z.array(Concept).min(1),
  patient: z.object({ reference: z.string() }),
  dateTime: z.string(),
  performer: z.array(z.object({ reference: z.string().optional() })).optional(),
  policy: z.array(z.object({ uri: z.string().optional() })).optional(),
  sourceAttachment: z.object({ hash: z.string().min(1).max(200).optional() }).optional(),
  sourceReference: z.object({ reference: z.string().min(1).max(200).optional() }).optional(),
  provision: Provision.optional(),
});
type Consent = z.infer<typeof Consent>;

const refusal = (code: ConsentRefusal['code'], path: string): ConsentRefusal => ({ code, path, remedy: consentRefusals[code] });

const consentScope = 'http://terminology.hl7.org/CodeSystem/consentscope';
const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
/** Notices, directives of care, research, and substance-use records: none of them is an authorization to market. */
const otherCategories = new Set(['42-CFR-2', 'acd', 'dnr', 'emrgonly', 'hcd', 'npp', 'polst', 'research', 'rsdid', 'rsreid', 'va-10-0484', 'va-10-10116']);
const readOfProvision = new Set(['id', 'type', 'period', 'purpose']);

/** A date begins in the contact's zone, which of the two readings of it is the earlier. */
const instantIn = (text: string, zone: string | null): Instant | undefined => {
  try {
    if (/T.*(?:Z|[+-]\d\d:\d\d)$/u.test(text)) return parseInstant(text);
    if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return undefined;
    return parseInstant(Temporal.PlainDate.from(text).toZonedDateTime(zone ?? latestZone).toInstant().toString());
  } catch {
    return undefined;
  }
};

const headFaults = (consent: Consent): readonly ConsentRefusal[] => [
  ...(consent.status === 'active' ? [] : [refusal('consent.not-active', 'status')]),
  ...(consent.scope.coding.every(({ system, code }) => system === consentScope && code === 'patient-privacy') ? [] : [refusal('consent.scope', 'scope')]),
  ...consent.category.flatMap(({ coding }, index) =>
    (coding.some(({ code }) => otherCategories.has(code ?? '')) ? [refusal('consent.category', `category[${index}]`)] : [])),
  ...('modifierExtension' in consent ? [refusal('consent.modifier', 'modifierExtension')] : []),
];

const provisionFaults = ({ provision }: Consent): readonly ConsentRefusal[] => {
  if (provision?.type === undefined) return [refusal('provision.missing', 'provision.type')];
  const { purpose = [] } = provision;
  const marketing = purpose.length > 0 && purpose.every(({ system, code }) => system === actReason && code === 'HMARKT');
  return [
    ...('provision' in provision ? [refusal('provision.nested', 'provision.provision')] : []),
    ...Object.keys(provision).filter((key) => key !== 'provision' && !readOfProvision.has(key))
      .map((key) => refusal('provision.narrowed', /^[a-zA-Z]{1,30}$/u.test(key) ? `provision.${key}` : 'provision.*')),
    ...(marketing ? [] : [refusal('purpose.unmapped', 'provision.purpose')]),
  ];
};

const formNamed = ({ policy = [] }: Consent, { organisation }: ConsentOptions): AuthorizationForm | undefined =>
  organisation.authorizationForms.find(({ id, version }) =>
    policy.length === 1 && policy[0]?.uri === `${organisation.linkBase}/forms/${id}/${version}`);

const evidenceIn = ({ sourceAttachment, sourceReference }: Consent): string | undefined => sourceAttachment?.hash ?? sourceReference?.reference;

const permit = (consent: Consent, options: ConsentOptions, at: Instant): ConsentIntake => {
  const { organisation, zone, now } = options;
  const form = formNamed(consent, options);
  const evidence = evidenceIn(consent);
  const signed = consent.performer?.length === 1 && consent.performer[0]?.reference === consent.patient.reference;
  const { start, end } = consent.provision?.period ?? {};
  const begins = start === undefined ? at : instantIn(start, zone);
  const ends = end === undefined ? undefined : instantIn(end, zone);
  const faults = [
    ...(form === undefined ? [refusal('form.unknown', 'policy')] : []),
    ...(signed ? [] : [refusal('performer.unmapped', 'performer')]),
    ...(evidence === undefined ? [refusal('evidence.missing', 'sourceAttachment.hash')] : []),
    ...(begins === undefined ? [refusal('date.imprecise', 'provision.period.start')] : []),
    ...(begins !== undefined && begins > now ? [refusal('date.future', 'provision.period.start')] : []),
    ...(end !== undefined && ends === undefined ? [refusal('date.imprecise', 'provision.period.end')] : []),
  ];
  if (form === undefined || evidence === undefined || begins === undefined || faults.length > 0) return { refused: faults };
  const byForm = endOf(at, form.expiresAfterDays, zone);
  const record = authorizationOf({ form, organisation }, {
    id: `fhir-${consent.id}`, evidence, signedAt: at, method: 'fhir', copyGiven: false,
    // The sooner of what the form says and what the Consent says.
    endsAt: ends !== undefined && ends < byForm ? ends : byForm,
  });
  return { record: { ...record, captured_at: begins > at ? begins : at } };
};

const deny = (consent: Consent, at: Instant): ConsentIntake =>
  // A denial with an end would come back as a grant that nobody gave.
  (consent.provision?.period === undefined
    ? { suppression: { id: `fhir-${consent.id}`, scope: 'commercial', receivedAt: at, source: 'fhir' } }
    : { refused: [refusal('provision.narrowed', 'provision.period')] });

/** The id of the patient that a Consent is of, or undefined where it names none. */
export const patientOf = (resource: unknown): string | undefined => {
  const reference = z.object({ patient: z.object({ reference: z.string() }) }).safeParse(resource).data?.patient.reference;
  return /^(?:.*\/)?Patient\/(?<id>[A-Za-z0-9.-]{1,64})$/u.exec(reference ?? '')?.groups?.['id'];
};

/**
 * What a FHIR R4 Consent comes to here. A denial of marketing stops commercial messages. A permission counts where it
 * names one of the organisation's own forms, since a Consent does not carry what makes an authorization valid, 45 CFR
 * 164.508(c); nothing is granted that the form and the Consent do not both say. Anything else is refused with its place.
 * @see https://hl7.org/fhir/R4/consent.html
 */
export const readFhirConsent = (resource: unknown, options: ConsentOptions): ConsentIntake => {
  const { data: consent, error } = Consent.safeParse(resource);
  if (consent === undefined) {
    const paths = error.issues.map(({ path }) => path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./u, ''));
    return { refused: paths.map((path) => refusal('consent.malformed', path)) };
  }
  const at = instantIn(consent.dateTime, options.zone);
  const faults = [
    ...headFaults(consent), ...provisionFaults(consent),
    ...(at === undefined ? [refusal('date.imprecise', 'dateTime')] : []),
    ...(at !== undefined && at > options.now ? [refusal('date.future', 'dateTime')] : []),
  ];
  if (at === undefined || faults.length > 0) return { refused: faults };
  return consent.provision?.type === 'permit' ? permit(consent, options, at) : deny(consent, at);
};
