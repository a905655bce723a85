import * as z from 'zod';
import type { Instant } from '../time.ts';
import type { IntakeContact, IntakeOptions } from './contact.ts';
import { readIntake } from './contact.ts';
import type { Intake, Refusal, RefusalCode } from './refusal.ts';
import { refusal } from './refusal.ts';
import { stateCodeOf } from './states.ts';

/** The tables of Synthea's CSV export that are read, each row by its column names. */
export type SyntheaTables = {
  readonly patients: readonly unknown[];
  readonly conditions: readonly unknown[];
  readonly medications: readonly unknown[];
};

type Row = Readonly<Record<string, string>>;
type Numbered = { readonly row: number; readonly columns: Row };

const Columns = z.record(z.string(), z.string());
const genders: Readonly<Record<string, string>> = { M: 'male', F: 'female' };

const textIn = (row: Row, column: string): string => (row[column] ?? '').trim();

const numbered = (table: string, rows: readonly unknown[]): { readonly good: readonly Numbered[]; readonly bad: readonly Refusal[] } => {
  const read = rows.map((row, index) => ({ row: index + 1, columns: Columns.safeParse(row).data }));
  return {
    good: read.flatMap(({ row, columns }) => (columns === undefined ? [] : [{ row, columns }])),
    bad: read.flatMap(({ row, columns }) => (columns === undefined ? [refusal(row, 'row.malformed', table)] : [])),
  };
};

/** From the path in the candidate to the column it was read from. */
const columnOf: Readonly<Record<string, string>> = {
  'source': 'Id', 'state': 'STATE', 'birthDate': 'BIRTHDATE', 'email': 'Id', 'fields.firstName': 'FIRST',
  'fields.lastName': 'LAST', 'fields.gender': 'GENDER', 'fields.conditions': 'Id', 'fields.medications': 'Id',
};

type Active = { readonly codes: ReadonlyMap<string, readonly string[]>; readonly refused: readonly Refusal[] };

/** Codes by patient of the rows that have begun and not stopped. */
const activeCodes = (table: string, rows: readonly unknown[], patients: ReadonlySet<string>): Active => {
  const { good, bad } = numbered(table, rows);
  const faultOf = ({ columns }: Numbered): readonly [RefusalCode, string] | undefined => {
    if (!patients.has(textIn(columns, 'PATIENT'))) return ['patient.unknown', 'PATIENT'];
    return textIn(columns, 'CODE') === '' ? ['code.missing', 'CODE'] : undefined;
  };
  const codes = new Map<string, readonly string[]>();
  const refused = good.flatMap((entry) => {
    const fault = faultOf(entry);
    if (fault !== undefined) return [refusal(entry.row, fault[0], `${table}.${fault[1]}`)];
    const patient = textIn(entry.columns, 'PATIENT');
    const code = textIn(entry.columns, 'CODE');
    const known = codes.get(patient) ?? [];
    if (textIn(entry.columns, 'STOP') === '' && !known.includes(code)) codes.set(patient, [...known, code]);
    return [];
  });
  return { codes, refused: [...bad, ...refused] };
};

/** Undefined for a date that cannot be: not on the calendar, before birth or still to come. */
const isDeceased = (columns: Row, now: Instant): boolean | undefined => {
  const died = textIn(columns, 'DEATHDATE').slice(0, 10);
  if (died === '') return false;
  return z.iso.date().safeParse(died).success && died >= textIn(columns, 'BIRTHDATE') && died <= now ? true : undefined;
};

const candidateOf = (columns: Row, codes: { conditions: readonly string[]; medications: readonly string[] }, deceased: boolean, options: IntakeOptions) => {
  const id = textIn(columns, 'Id');
  const state = textIn(columns, 'STATE');
  const named = { firstName: textIn(columns, 'FIRST'), lastName: textIn(columns, 'LAST'), gender: textIn(columns, 'GENDER') };
  return {
    source: `synthea/${id}`, relationship: options.relationship, deceased, email: options.email(id),
    birthDate: textIn(columns, 'BIRTHDATE'),
    // A name that is no state must fail the check, so it is handed on as it is.
    state: state === '' ? null : stateCodeOf(state) ?? state,
    fields: {
      ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== '')),
      ...(named.gender === '' ? {} : { gender: genders[named.gender] ?? named.gender }),
      ...codes,
    },
  };
};

/**
 * Contacts from a Synthea export: the declared fields of each patient, with the codes of what is active. A broken row
 * is reported, and the others go in.
 */
export const syntheaCsv = (tables: SyntheaTables, options: IntakeOptions): Intake<IntakeContact> => {
  const patients = numbered('patients', tables.patients);
  const ids = new Set(patients.good.map(({ columns }) => textIn(columns, 'Id')).filter((id) => id !== ''));
  const conditions = activeCodes('conditions', tables.conditions, ids);
  const medications = activeCodes('medications', tables.medications, ids);
  const seen = new Set<string>();
  const read = patients.good.map(({ row, columns }): Intake<IntakeContact> => {
    const refuse = (code: RefusalCode, column: string): Intake<IntakeContact> =>
      ({ contacts: [], refused: [refusal(row, code, `patients.${column}`)] });
    const id = textIn(columns, 'Id');
    if (id === '') return refuse('source.missing', 'Id');
    if (seen.has(id)) return refuse('source.repeated', 'Id');
    seen.add(id);
    const deceased = isDeceased(columns, options.now);
    const codes = { conditions: conditions.codes.get(id) ?? [], medications: medications.codes.get(id) ?? [] };
    const result = readIntake(candidateOf(columns, codes, deceased ?? true, options), options.now);
    const late = deceased === undefined ? refuse('death-date.invalid', 'DEATHDATE').refused : [];
    if ('contact' in result) return { contacts: late.length === 0 ? [result.contact] : [], refused: late };
    return {
      contacts: [],
      refused: [...result.faults.map(({ code, path }) => refusal(row, code, `patients.${columnOf[path] ?? 'Id'}`)), ...late],
    };
  });
  return {
    contacts: read.flatMap(({ contacts }) => contacts),
    refused: [...patients.bad, ...read.flatMap(({ refused }) => refused), ...conditions.refused, ...medications.refused],
  };
};
