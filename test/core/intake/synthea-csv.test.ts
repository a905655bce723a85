import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { IntakeOptions } from '../../../lib/core/intake/contact.ts';
import { syntheaCsv } from '../../../lib/core/intake/synthea-csv.ts';
import { Instant } from '../../../lib/core/time.ts';

const options: IntakeOptions = {
  now: Instant.parse('2026-11-02T09:00:00.000Z'), relationship: 'patient', email: (id) => `${id}@example.test`,
};
const rowsOf = (table: string): unknown[] =>
  parse(readFileSync(new URL(`../../../lib/local/demo/synthea/csv/${table}.csv`, import.meta.url)), { columns: true });

const patient = { Id: 'p-1', BIRTHDATE: '1980-05-05', DEATHDATE: '', FIRST: 'Ada', LAST: 'Example', GENDER: 'F', STATE: 'Massachusetts' };
const take = (tables: Partial<Parameters<typeof syntheaCsv>[0]>) =>
  syntheaCsv({ patients: [patient], conditions: [], medications: [], ...tables }, options);
const faults = (tables: Parameters<typeof take>[0]) =>
  take(tables).refused.map(({ row, code, path }) => `${row} ${code} ${path}`);

test('the export of 27 patients goes in whole, the two deceased marked', () => {
  const { contacts, refused } = syntheaCsv(
    { patients: rowsOf('patients'), conditions: rowsOf('conditions'), medications: rowsOf('medications') }, options);
  expect(refused).toEqual([]);
  expect(contacts).toHaveLength(27);
  expect(contacts.filter(({ deceased }) => deceased)).toHaveLength(2);
});

test('a patient becomes a contact of the declared fields alone', () => {
  const { contacts } = take({ patients: [{ ...patient, SSN: '999-00-0000', ADDRESS: '1 Main Street' }] });
  expect(contacts).toEqual([{
    source: 'synthea/p-1', relationship: 'patient', state: 'MA', timeZone: null, birthDate: '1980-05-05', deceased: false,
    email: 'p-1@example.test',
    fields: { firstName: 'Ada', lastName: 'Example', gender: 'female', conditions: [], medications: [] },
  }]);
});

test('codes of what has not stopped are kept, each once', () => {
  const row = { PATIENT: 'p-1', START: '2020-01-01', STOP: '', CODE: '15777000' };
  const { contacts } = take({ conditions: [row, row, { ...row, CODE: '1', STOP: '2021-01-01' }], medications: [{ ...row, CODE: '665078' }] });
  expect(contacts[0]?.fields).toMatchObject({ conditions: ['15777000'], medications: ['665078'] });
});

test.each([
  ['a row without an id', { Id: '' }, 'source.missing patients.Id'],
  ['a birth date that is not on the calendar', { BIRTHDATE: '2001-02-29' }, 'birth-date.invalid patients.BIRTHDATE'],
  ['a birth date still to come', { BIRTHDATE: '2027-01-01' }, 'birth-date.invalid patients.BIRTHDATE'],
  ['a birth date too long ago', { BIRTHDATE: '1890-01-01' }, 'birth-date.invalid patients.BIRTHDATE'],
  ['no birth date', { BIRTHDATE: '' }, 'birth-date.invalid patients.BIRTHDATE'],
  ['a death before birth', { DEATHDATE: '1970-01-01' }, 'death-date.invalid patients.DEATHDATE'],
  ['a death still to come', { DEATHDATE: '2027-01-01' }, 'death-date.invalid patients.DEATHDATE'],
  ['a state that does not exist', { STATE: 'Bavaria' }, 'state.unknown patients.STATE'],
  ['a name too long to be one', { FIRST: 'x'.repeat(101) }, 'field.invalid patients.FIRST'],
])('%s is refused, and the good row after it goes in', (_, change, fault) => {
  const patients = [{ ...patient, ...change }, { ...patient, Id: 'p-2' }];
  expect(faults({ patients })).toEqual([`1 ${fault}`]);
  expect(take({ patients }).contacts.map(({ source }) => source)).toEqual(['synthea/p-2']);
});

test('a row that is no row is refused', () => {
  expect(faults({ patients: [null, patient], conditions: ['x'] })).toEqual(['1 row.malformed patients', '1 row.malformed conditions']);
});

test('the second row of an id is refused', () => {
  expect(faults({ patients: [patient, { ...patient, FIRST: 'Eve' }] })).toEqual(['2 source.repeated patients.Id']);
});

test('a row of a patient who is not in the export is refused', () => {
  expect(faults({ conditions: [{ PATIENT: 'p-9', STOP: '', CODE: '1' }] })).toEqual(['1 patient.unknown conditions.PATIENT']);
});

test('a row without a code is refused, and its patient goes in', () => {
  const medications = [{ PATIENT: 'p-1', STOP: '', CODE: '' }];
  expect(faults({ medications })).toEqual(['1 code.missing medications.CODE']);
  expect(take({ medications }).contacts).toHaveLength(1);
});

test('the report holds no value of a patient', () => {
  const marked = Object.fromEntries(Object.keys(patient).map((column) => [column, `CANARY-${column}`]));
  const row = { PATIENT: 'CANARY', CODE: 'CANARY', STOP: 'CANARY' };
  const { refused } = take({ patients: [marked, marked], conditions: [row], medications: [row] });
  expect(refused.length).toBeGreaterThan(3);
  expect(JSON.stringify(refused)).not.toContain('CANARY');
});

test('every refusal says how to mend it', () => {
  for (const { remedy } of take({ patients: [{}, null] }).refused) expect(remedy).toMatch(/^[A-Z].{20,}\.$/u);
});
