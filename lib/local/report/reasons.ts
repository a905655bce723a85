import { isGroup } from '../../core/consent/rule.ts';
import { table } from '../../core/consent/table.ts';

const cites: ReadonlyMap<string, string> = new Map(
  table.flatMap((row) => [row, ...(isGroup(row) ? row.codes : [])]).map(({ code, cite }) => [code, cite]),
);

/** The rule of law or policy that a refusal cites; empty where the data or the mail service refused. */
export const citeOf = (reason: string): string => cites.get(reason) ?? '';
