import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { IntakeOptions } from '../../../lib/core/intake/contact.ts';
import { fhirBundle } from '../../../lib/core/intake/fhir.ts';
import { Instant } from '../../../lib/core/time.ts';

const options: IntakeOptions = {
  now: Instant.parse('2026-11-02T09:00:00.000Z'), relationship: 'patient', email: (id) => `${id}@example.test`,
};
const folder = new URL('../../../lib/local/demo/synthea/fhir/', import.meta.url);

const patient = {
  resourceType: 'Patient', id: 'p-1', birthDate: '1980-05-05', gender: 'female',
  name: [{ use: 'maiden', family: 'Before' }, { use: 'official', family: 'Example', given: ['Ada', 'Byron'] }],
  address: [{ state: 'Massachusetts' }], communication: [{ language: { coding: [{ code: 'pt' }] } }],
};
const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const snomed = (code: string) => concept('http://snomed.info/sct', code);
const condition = {
  resourceType: 'Condition', subject: { reference: 'urn:uuid:1' }, code: snomed('15777000'),
  clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
};
const medication = {
  resourceType: 'MedicationRequest', subject: { reference: 'Patient/p-1' }, status: 'active',
  medicationCodeableConcept: concept('http://www.nlm.nih.gov/research/umls/rxnorm', '316049'),
};
const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle',
  entry: [{ fullUrl: 'urn:uuid:1', resource: patient }, ...resources.map((resource) => ({ resource }))],
});
const take = (value: unknown) => fhirBundle(value, options);
const faults = (value: unknown) => take(value).refused.map(({ row, code, path }) => `${row} ${code} ${path}`);

test('six real bundles go in whole, one contact each', () => {
  const read = readdirSync(folder).map((file) => take(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))));
  expect(read.map(({ contacts, refused }) => [contacts.length, refused.length])).toEqual(Array.from({ length: 6 }, () => [1, 0]));
});

test('a patient becomes a contact of the declared fields alone', () => {
  expect(take(bundle(condition, medication)).contacts).toEqual([{
    source: 'fhir/p-1', relationship: 'patient', state: 'MA', timeZone: null, birthDate: '1980-05-05', deceased: false,
    email: 'p-1@example.test',
    fields: {
      firstName: 'Ada', lastName: 'Example', gender: 'female', language: 'pt', conditions: ['15777000'], medications: ['316049'],
    },
  }]);
});

test('an e-mail address of the patient’s own comes first', () => {
  const own = { ...patient, telecom: [{ system: 'phone', value: '555' }, { system: 'email', value: 'ada@example.org' }] };
  expect(take({ resourceType: 'Bundle', entry: [{ resource: own }] }).contacts[0]?.email).toBe('ada@example.org');
});

test.each([
  ['resolved', { clinicalStatus: concept('s', 'resolved') }],
  ['refuted', { verificationStatus: concept('s', 'refuted') }],
  ['entered in error', { verificationStatus: concept('s', 'entered-in-error') }],
])('a condition that is %s is not kept', (_, change) => {
  expect(take(bundle({ ...condition, ...change })).contacts[0]?.fields.conditions).toEqual([]);
});

test.each([[{ status: 'stopped' }], [{ doNotPerform: true }]])('a medication with %o is not kept', (change) => {
  expect(take(bundle({ ...medication, ...change })).contacts[0]?.fields.medications).toEqual([]);
});

test.each([[{ deceasedBoolean: true }], [{ deceasedDateTime: '2020-01-01T00:00:00Z' }]])('a patient with %o is deceased', (death) => {
  expect(take({ resourceType: 'Bundle', entry: [{ resource: { ...patient, ...death } }] }).contacts[0]?.deceased).toBe(true);
});

test('a bundle without a patient is refused', () => {
  expect(faults({ resourceType: 'Bundle', entry: [{ resource: condition }] })).toEqual(['0 bundle.without-patient entry']);
});

test.each([[null], [[]], [{ resourceType: 'Patient' }], [{ resourceType: 'Bundle', entry: 'x' }]])('%o is no bundle', (value) => {
  expect(faults(value)).toEqual(['0 bundle.malformed ']);
});

test('an entry that is no object is refused, and the others go in', () => {
  const value = { resourceType: 'Bundle', entry: ['x', { resource: patient }, { resource: 7 }] };
  expect(faults(value)).toEqual(['1 entry.malformed entry[0]', '3 entry.malformed entry[2]']);
  expect(take(value).contacts).toHaveLength(1);
});

test('an impossible birth date is refused where it stands', () => {
  expect(faults({ resourceType: 'Bundle', entry: [{ resource: { ...patient, birthDate: '1980' } }] }))
    .toEqual(['1 birth-date.invalid entry[0].resource.birthDate']);
});

test('an element of the wrong type is refused where it stands', () => {
  expect(faults({ resourceType: 'Bundle', entry: [{ resource: { ...patient, name: [{ given: 'Ada' }] } }] }))
    .toEqual(['1 resource.malformed entry[0].resource.name[0].given']);
});

test('a condition without a SNOMED CT code is refused, and its patient goes in', () => {
  const value = bundle({ ...condition, code: concept('http://hl7.org/fhir/sid/icd-10-cm', 'E11') });
  expect(faults(value)).toEqual(['2 code.missing entry[1].resource.code']);
  expect(take(value).contacts).toHaveLength(1);
});

test('a condition of someone else is refused', () => {
  expect(faults(bundle({ ...condition, subject: { reference: 'Patient/other' } }))).toEqual(['2 patient.unknown entry[1].resource.subject']);
});
