import { parse } from 'csv-parse/sync';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IntakeContact } from '../../core/intake/contact.ts';
import { fhirBundle } from '../../core/intake/fhir.ts';
import { syntheaCsv } from '../../core/intake/synthea-csv.ts';
import type { Instant } from '../../core/time.ts';
import type { RefusedRow } from '../report/report.ts';
import { createRandom } from '../../core/random.ts';

export type People = {
  readonly contacts: readonly { readonly from: 'csv' | 'fhir' | 'made-up'; readonly contact: IntakeContact }[];
  readonly refused: readonly RefusedRow[];
};

const synthea = fileURLToPath(new URL('synthea', import.meta.url));

type Row = Record<string, string>;

const rowsOf = (table: string): readonly Row[] =>
  parse(readFileSync(join(synthea, 'csv', `${table}.csv`)), { columns: true }) as Row[];

/** Rows as a careless export would hold them: they are refused, and the ones beside them go in. */
const brokenRows = (rows: readonly Row[]): readonly Row[] => {
  const [first = {}] = rows;
  return [
    { ...first, Id: '' },
    { ...first },
    { ...first, Id: 'broken-birth-date', BIRTHDATE: '1987-02-30' },
    { ...first, Id: 'broken-state', STATE: 'Atlantis' },
    { ...first, Id: 'broken-death-date', DEATHDATE: '2031-01-01' },
  ];
};

/** Synthea gives no address. The domain can never exist, RFC 2606. */
const email = (id: string): string => `${id}@example.test`;

/** Everybody is a member of the plan, whose year ends with 2026. */
const member = (contact: IntakeContact): IntakeContact =>
  ({ ...contact, fields: { ...contact.fields, planYear: 2026, planEndsOn: '2026-12-31' } });

const inCsv = (now: Instant): People => {
  const patients = rowsOf('patients');
  const tables = { patients: [...patients, ...brokenRows(patients)], conditions: rowsOf('conditions'), medications: rowsOf('medications') };
  const { contacts, refused } = syntheaCsv(tables, { now, relationship: 'plan_member', email });
  return {
    contacts: contacts.map((contact) => ({ from: 'csv', contact: member(contact) })),
    refused: refused.map((row) => ({ from: 'csv', ...row })),
  };
};

const inBundles = (now: Instant): People => {
  const folder = join(synthea, 'fhir');
  const bundles: unknown[] = readdirSync(folder).filter((file) => file.endsWith('.json')).sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown);
  const withoutPatient = { resourceType: 'Bundle', type: 'transaction', entry: [] };
  const read = [...bundles, withoutPatient].map((bundle) => fhirBundle(bundle, { now, relationship: 'plan_member', email }));
  return {
    contacts: read.flatMap(({ contacts }) => contacts.map((contact) => ({ from: 'fhir' as const, contact: member(contact) }))),
    refused: read.flatMap(({ refused }) => refused.map((row) => ({ from: 'fhir', ...row }))),
  };
};

/** Adults without a diagnosis, for runs with more contacts than the export has. */
export const madeUp = (count: number, seed: number): People['contacts'] =>
  Array.from({ length: count }, (_, index) => {
    const random = createRandom(seed, `made-up/${index}`);
    const birthDate = `${random.between(1940, 2004)}-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`;
    return {
      from: 'made-up',
      contact: member({
        source: `made-up/${index + 1}`, relationship: 'plan_member', state: 'MA', timeZone: null, birthDate, deceased: false,
        email: email(`made-up-${index + 1}`), fields: { firstName: `Member${index + 1}`, language: 'en' },
      }),
    };
  });

/** The patients of the Synthea export and bundles, then made-up ones up to `count`. */
export const readPeople = (now: Instant, count: number, seed: number): People => {
  const [csv, fhir] = [inCsv(now), inBundles(now)];
  const contacts = [...csv.contacts, ...fhir.contacts];
  return {
    contacts: [...contacts, ...madeUp(Math.max(0, count - contacts.length), seed)],
    refused: [...csv.refused, ...fhir.refused],
  };
};
