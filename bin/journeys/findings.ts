import type { Paint } from '../../lib/local/report/paint.ts';
import type { LocatedFinding } from '../../statemachines/locate.ts';

/** A finding in three lines: where and what code, what is wrong, how to mend it. */
const lines = ({ file, line, column, path, code, message, remedy }: LocatedFinding, paint: Paint): readonly string[] => [
  `${paint.strong(line === undefined ? file : `${file}:${line}:${column}`)}  ${paint.bad(code)}`,
  `    ${message}${path === '' ? '' : ` (${path})`}`,
  paint.quiet(`    ${remedy}`),
];

export const findingLines = (findings: readonly LocatedFinding[], paint: Paint): readonly string[] =>
  findings.flatMap((one) => lines(one, paint));

/** The same for programs, keys always in this order. */
export const findingJson = ({ file, line, column, path, code, message, remedy }: LocatedFinding): object =>
  ({ file, line: line ?? null, column: column ?? null, path, code, message, remedy });
