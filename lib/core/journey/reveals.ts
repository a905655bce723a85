import { derivedFieldTable, fieldTable } from '../contact/record.ts';
import type { DataClass } from '../consent/classes.ts';

const readable: ReadonlyMap<string, DataClass> = new Map(
  Object.entries({ ...fieldTable, ...derivedFieldTable }).map(([field, { reveals }]) => [field, reveals]),
);

/** The data class that a field of the contact reveals, or undefined for a field that records do not have. */
export const revealedBy = (field: string): DataClass | undefined => readable.get(field);

const moments: ReadonlyMap<string, 'date' | 'instant'> = new Map(
  Object.entries(fieldTable).flatMap(([field, row]) => ('moment' in row ? [[field, row.moment]] : [])),
);

/** Whether a field holds a date or an instant; undefined for any other. */
export const momentIn = (field: string): 'date' | 'instant' | undefined => moments.get(field);

/** The names of the fields that hold a date or an instant. */
export const momentFields: readonly string[] = [...moments.keys()];

/** The names of all fields that conditions and templates may read. */
export const readableFields: readonly string[] = [...readable.keys()];

/** The fields of the contact among the variables of a template: `firstName` of `contact.firstName`. */
export const contactFields = (variables: readonly string[]): readonly string[] =>
  variables.flatMap((variable) => /^contact\.([^.[]+)/u.exec(variable)?.[1] ?? []);

/** The attributes of the run among the variables of a template: `startsAt` of `run.startsAt`. */
export const runAttributes = (variables: readonly string[]): readonly string[] =>
  variables.flatMap((variable) => /^run\.([^.[]+)/u.exec(variable)?.[1] ?? []);
