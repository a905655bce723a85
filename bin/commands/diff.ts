import { compareVersions } from '../../lib/core/journey/difference/compare.ts';
import type { Difference, Subject } from '../../lib/core/journey/difference/difference.ts';
import { subjects } from '../../lib/core/journey/difference/difference.ts';
import type { Paint } from '../../lib/local/report/paint.ts';
import type { BuiltVersion } from '../../statemachines/build.ts';
import { exit, Usage } from '../exit.ts';
import { tellFindings } from '../journeys/findings.ts';
import { newestIn } from '../journeys/layout.ts';
import { defineCommand } from './command.ts';

const headings: { readonly [S in Subject]: string } = {
  consent: 'What consent is judged on',
  people: 'Who enters and leaves',
  course: 'The way through the steps',
  texts: 'The texts',
  rest: 'The rest',
};

const section = (about: Subject, all: readonly Difference[], paint: Paint): readonly string[] => {
  const found = all.filter((one) => one.about === about);
  if (found.length === 0) return [];
  const heading = about === 'consent' ? paint.bad(headings[about]) : paint.strong(headings[about]);
  return ['', heading, ...found.map(({ words }) => `  ${words.replaceAll('\n', '\n    ')}`)];
};

const nameOf = ({ plan, version }: BuiltVersion): string => `${plan.journey} v${version}`;

export const command = defineCommand({
  usage: ['diff <version folder> <version folder> [--json]'],
  about: `Tells in words what changes from one version of a journey to another; what touches consent comes first. The folder of
a journey stands for its newest version. Exit status 0 if nothing changes, 1 if something does.`,
  options: {},
  run: async ({ words, json }, terminal) => {
    const { out, paint } = terminal;
    const [one, other, ...rest] = words;
    if (one === undefined || other === undefined || rest.length > 0) throw new Usage('diff takes two versions');
    const [before, after] = [newestIn(one), newestIn(other)];
    const findings = [before, after].flatMap((side) => ('findings' in side ? side.findings : []));
    if ('findings' in before || 'findings' in after) return tellFindings(findings, json, terminal);
    const found = compareVersions(before, after);
    if (json) out(JSON.stringify({ before: nameOf(before), after: nameOf(after), differences: found }));
    else if (found.length === 0) out(`${nameOf(before)} and ${nameOf(after)} are the same`);
    else out([`From ${nameOf(before)} to ${nameOf(after)}:`, ...subjects.flatMap((about) => section(about, found, paint))].join('\n'));
    return found.length === 0 ? exit.fine : exit.no;
  },
});
