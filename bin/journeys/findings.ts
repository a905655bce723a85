import { exit } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
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

/** Answers a command that found faults where it wanted a journey; gives its exit status. */
export const tellFindings = (findings: readonly LocatedFinding[], json: boolean, { out, err, paint }: Terminal): number => {
  if (json) out(JSON.stringify({ findings: findings.map(findingJson) }));
  else err(findingLines(findings, paint).join('\n'));
  return exit.no;
};
