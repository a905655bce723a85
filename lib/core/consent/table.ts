import { digestOf } from './digest.ts';
import { isGroup, type Row } from './rule.ts';
import { basis } from './rules/basis.ts';
import { content } from './rules/content.ts';
import { data } from './rules/data.ts';
import { form } from './rules/form.ts';
import { input } from './rules/input.ts';
import { optOuts } from './rules/optouts.ts';
import { person } from './rules/person.ts';
import { reader } from './rules/reader.ts';
import { timing } from './rules/timing.ts';
import { wishes } from './rules/wishes.ts';

/**
 * Raised with every change of what a rule does, so that decisions made by another meaning of the same codes and
 * citations have another digest.
 */
export const tableVersion = 1;

/** The decision table, read from top to bottom; the first row that denies gives the answer. */
export const table: readonly Row[] = [
  ...input,
  ...person,
  ...reader,
  ...wishes,
  ...data,
  ...content,
  ...optOuts,
  ...basis,
  ...form,
  ...timing,
];

/** Names the table in every decision; digest of its version and of the ordered codes, kinds and citations. */
export const tableDigest: string = digestOf([
  tableVersion,
  table.map((row) => [
    row.code,
    row.kind,
    row.cite,
    isGroup(row) ? row.codes.map(({ code, kind, cite }) => [code, kind, cite]) : [],
  ]),
]);
