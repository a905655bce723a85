import * as z from 'zod';
import type { IntakeContact, IntakeOptions } from './contact.ts';
import { readIntake } from './contact.ts';
import type { Intake, Refusal, RefusalCode } from './refusal.ts';
import { dotted, refusal } from './refusal.ts';
import { stateCodeOf } from './states.ts';

const Coding = z.object({ system: z.string().optional(), code: z.string().optional() });
const Concept = z.object({ coding: z.array(Coding).optional() });
const Reference = z.object({ reference: z.string() });

/** What is read of a Patient; every other element is dropped here, at the edge. */
const Patient = z.object({
  resourceType: z.literal('Patient'),
  id: z.string().min(1).max(100),
  name: z.array(z.object({ use: z.string().optional(), family: z.string().optional(), given: z.array(z.string()).optional() })).optional(),
  gender: z.string().optional(),
  birthDate: z.string().optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().optional(),
  address: z.array(z.object({ state: z.string().optional() })).optional(),
  telecom: z.array(z.object({ system: z.string().optional(), value: z.string().optional() })).optional(),
  communication: z.array(z.object({ language: Concept })).optional(),
});
type Patient = z.infer<typeof Patient>;

const Condition = z.object({
  resourceType: z.literal('Condition'),
  subject: Reference,
  clinicalStatus: Concept.optional(),
  verificationStatus: Concept.optional(),
  code: Concept.optional(),
});

const MedicationRequest = z.object({
  resourceType: z.literal('MedicationRequest'),
  subject: Reference,
  status: z.string(),
  doNotPerform: z.boolean().optional(),
  medicationCodeableConcept: Concept.optional(),
});

const Bundle = z.object({ resourceType: z.literal('Bundle'), entry: z.array(z.unknown()) });
const Entry = z.object({ fullUrl: z.string().optional(), resource: z.looseObject({ resourceType: z.string() }) });
type Placed = z.infer<typeof Entry> & { readonly row: number };

const snomed = 'http://snomed.info/sct';
const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const active = new Set(['active', 'recurrence', 'relapse']);
const untrue = new Set(['refuted', 'entered-in-error']);

const at = (row: number, path: string): string => `entry[${row - 1}].resource${path === '' ? '' : `.${path}`}`;

const codeIn = (concept: z.infer<typeof Concept> | undefined, system?: string): string | undefined =>
  concept?.coding?.find((coding) => system === undefined || coding.system === system)?.code;

/** A code of a patient, or why the resource was refused; undefined for one that is no longer in force. */
type Fact = { readonly list: 'conditions' | 'medications'; readonly subject: string; readonly code: string };

const malformed = (row: number, error: z.ZodError): readonly Refusal[] =>
  error.issues.map(({ path }) => refusal(row, 'resource.malformed', at(row, dotted(path))));

const conditionOf = ({ row, resource }: Placed): Fact | undefined | readonly Refusal[] => {
  const { data, error } = Condition.safeParse(resource);
  if (data === undefined) return malformed(row, error);
  if (!active.has(codeIn(data.clinicalStatus) ?? 'active') || untrue.has(codeIn(data.verificationStatus) ?? '')) return undefined;
  const code = codeIn(data.code, snomed);
  return code === undefined ? [refusal(row, 'code.missing', at(row, 'code'))]
    : { list: 'conditions', subject: data.subject.reference, code };
};

const medicationOf = ({ row, resource }: Placed): Fact | undefined | readonly Refusal[] => {
  const { data, error } = MedicationRequest.safeParse(resource);
  if (data === undefined) return malformed(row, error);
  if (data.status !== 'active' || data.doNotPerform === true) return undefined;
  const code = codeIn(data.medicationCodeableConcept, rxnorm);
  return code === undefined ? [refusal(row, 'code.missing', at(row, 'medicationCodeableConcept'))]
    : { list: 'medications', subject: data.subject.reference, code };
};

/** By resource type; a type without a row is not read. */
const readers: Readonly<Record<string, (entry: Placed) => Fact | undefined | readonly Refusal[]>> = {
  Condition: conditionOf, MedicationRequest: medicationOf,
};

/** From the path in the candidate to the element it was read from. */
const elementOf: Readonly<Record<string, string>> = {
  'source': 'id', 'birthDate': 'birthDate', 'state': 'address[0].state', 'email': 'telecom', 'fields.firstName': 'name',
  'fields.lastName': 'name', 'fields.gender': 'gender', 'fields.language': 'communication',
};

const candidateOf = (patient: Patient, facts: readonly Fact[], options: IntakeOptions) => {
  const name = patient.name?.find(({ use }) => use === 'official') ?? patient.name?.[0];
  const state = patient.address?.[0]?.state;
  const told = {
    firstName: name?.given?.[0], lastName: name?.family, gender: patient.gender,
    language: codeIn(patient.communication?.[0]?.language),
  };
  const listed = (list: Fact['list']): readonly string[] =>
    [...new Set(facts.filter((fact) => fact.list === list).map(({ code }) => code))];
  return {
    source: `fhir/${patient.id}`, relationship: options.relationship, birthDate: patient.birthDate ?? null,
    deceased: patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
    email: patient.telecom?.find(({ system }) => system === 'email')?.value ?? options.email(patient.id),
    state: state === undefined ? null : stateCodeOf(state) ?? state,
    fields: {
      ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined && value !== '')),
      conditions: listed('conditions'), medications: listed('medications'),
    },
  };
};

const isRefusals = (read: Fact | undefined | readonly Refusal[]): read is readonly Refusal[] => Array.isArray(read);
const isFact = (read: Fact | undefined | readonly Refusal[]): read is Fact => read !== undefined && !isRefusals(read);

/** Under which references other entries may speak of a patient. */
const referencesTo = ({ fullUrl, resource }: Placed): readonly string[] => {
  const id = resource['id'];
  return [...(fullUrl === undefined ? [] : [fullUrl]), ...(typeof id === 'string' ? [`Patient/${id}`] : [])];
};

const readPatient = (entry: Placed, facts: readonly Fact[], options: IntakeOptions): Intake<IntakeContact> => {
  const { data, error } = Patient.safeParse(entry.resource);
  if (data === undefined) return { contacts: [], refused: malformed(entry.row, error) };
  const references = referencesTo(entry);
  const own = facts.filter(({ subject }) => references.includes(subject));
  const read = readIntake(candidateOf(data, own, options), options.now);
  if ('contact' in read) return { contacts: [read.contact], refused: [] };
  return { contacts: [], refused: read.faults.map(({ code, path }) => refusal(entry.row, code, at(entry.row, elementOf[path] ?? ''))) };
};

const whole = (code: RefusalCode, path: string): Intake<IntakeContact> => ({ contacts: [], refused: [refusal(0, code, path)] });

/**
 * Contacts from a FHIR R4 bundle: of each Patient the declared fields, with the codes of active Conditions and
 * MedicationRequests. Other resources are not read. A broken entry is reported, and the others go in.
 * @see https://hl7.org/fhir/R4/bundle.html
 */
export const fhirBundle = (bundle: unknown, options: IntakeOptions): Intake<IntakeContact> => {
  const { data } = Bundle.safeParse(bundle);
  if (data === undefined) return whole('bundle.malformed', '');
  const entries = data.entry.map((entry, index) => ({ row: index + 1, entry: Entry.safeParse(entry).data }));
  const bad = entries.filter(({ entry }) => entry === undefined).map(({ row }) => refusal(row, 'entry.malformed', `entry[${row - 1}]`));
  const good = entries.flatMap(({ row, entry }): readonly Placed[] => (entry === undefined ? [] : [{ ...entry, row }]));
  const patients = good.filter(({ resource }) => resource.resourceType === 'Patient');
  if (patients.length === 0) return { contacts: [], refused: [...bad, refusal(0, 'bundle.without-patient', 'entry')] };

  const known = new Set(patients.flatMap(referencesTo));
  const read = good.map((entry) => ({ row: entry.row, read: readers[entry.resource.resourceType]?.(entry) }));
  const facts = read.flatMap(({ row, read }) => (isFact(read) ? [{ row, fact: read }] : []));
  const astray = facts.filter(({ fact }) => !known.has(fact.subject))
    .map(({ row }) => refusal(row, 'patient.unknown', at(row, 'subject')));
  const contacts = patients.map((entry) => readPatient(entry, facts.map(({ fact }) => fact), options));
  return {
    contacts: contacts.flatMap(({ contacts }) => contacts),
    refused: [
      ...bad, ...contacts.flatMap(({ refused }) => refused), ...read.flatMap(({ read }) => (isRefusals(read) ? read : [])), ...astray,
    ],
  };
};
