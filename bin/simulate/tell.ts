import type { Change } from '../../lib/core/simulate/compare.ts';
import type { Course, Entry } from '../../lib/core/simulate/course.ts';
import type { Summary } from '../../lib/core/simulate/summary.ts';
import { tableLines } from '../../lib/local/report/table.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../words.ts';
import type { Simulation } from './walk.ts';

type Told = Pick<Terminal, 'paint' | 'when'>;

const wordsOf = (entry: Entry, { when }: Told): string => {
  switch (entry.what) {
    case 'sent': return `gets ${entry.template}`;
    case 'refused': return `does not get ${entry.template}: ${entry.reason}`;
    case 'put-off': return `is put off until ${when.minute(entry.until)}: ${entry.reason}`;
    case 'waits': return `waits until ${when.minute(entry.until)} at the latest`;
    case 'went-on': return `goes on: ${entry.outcome}`;
  }
};

const courseLines = ({ source, entries, end }: Course & { readonly source: string }, told: Told): readonly string[] => [
  source,
  ...tableLines([{ title: 'when' }, { title: 'step' }, { title: 'what' }], [
    ...entries.map((entry) => [told.when.minute(entry.at), entry.step, wordsOf(entry, told)]),
    ...(end === undefined ? [['', '', 'is still under way']] : [[told.when.minute(end.at), end.step, `${end.status.toLowerCase()}: ${end.ended}`]]),
  ], told.paint),
  '',
];

const reasonsOf = (refused: Readonly<Record<string, number>>): string =>
  Object.entries(refused).map(([reason, count]) => `${count} ${reason}`).join(', ');

const stepLines = ({ steps }: Summary, { paint }: Told): readonly string[] => tableLines([
  { title: 'step' }, { title: 'kind' }, { title: 'contacts', align: 'right' }, { title: 'sent', align: 'right' },
  { title: 'put off', align: 'right' }, { title: 'refused, and how it went on' },
], steps.map(({ step, kind, contacts, sent, putOff, refused, outcomes }) => [
  step, kind, contacts, kind === 'send' ? sent : '', kind === 'send' ? putOff : '',
  kind === 'send' ? reasonsOf(refused) : reasonsOf(outcomes),
]), paint);

const endsOf = ({ ends, underWay }: Summary): string =>
  [...Object.entries(ends).map(([end, count]) => `${count} ${end}`), ...(underWay === 0 ? [] : [`${underWay} still under way`])].join(', ');

/** What a cohort comes to, for a person to read. */
export const tellSimulation = ({ journey, version, summary, courses }: Simulation, told: Told): readonly string[] => [
  `${journey} v${version}: ${plural(summary.contacts, 'contact')}, ${plural(summary.sent, 'message')}, ${summary.refused} refused; nothing was sent`,
  ...(summary.firstSend === undefined || summary.lastSend === undefined ? [] : [
    `from ${told.when.minute(summary.firstSend)} to ${told.when.minute(summary.lastSend)}, in ${told.when.zone}`,
  ]),
  `ends: ${endsOf(summary)}`,
  '',
  ...stepLines(summary, told),
  '',
  ...courses.flatMap((course) => courseLines(course, told)),
];

const changeWords = (change: Change, { when }: Told): string => (change.kind === 'moved'
  ? `${change.to.template} at ${when.minute(change.to.at)}, not ${when.minute(change.from.at)}`
  : `${change.kind === 'gained' ? 'also' : 'no longer'} ${change.sending.template}, ${when.minute(change.sending.at)}`);

const partWords = (entry: Entry | undefined, told: Told): string => (entry === undefined ? 'nothing more happens' : `at ${entry.step} the contact ${wordsOf(entry, told)}`);

/** Who would get something different, and where the ways part, for a person to read. */
export const tellDifferences = (differences: NonNullable<Simulation['differences']>, told: Told): readonly string[] => {
  const { against, contacts, gained, lost, moved, summary, shown } = differences;
  if (contacts === 0) return [`Under v${against} nobody would get anything different.`];
  return [
    `Under v${against} ${plural(contacts, 'contact')} of ${summary.contacts} would get something different: ${gained} more, ${lost} fewer, ${moved} at another time.`,
    '',
    ...shown.flatMap(({ source, changes, why }) => [
      source,
      ...changes.map((change) => `  ${changeWords(change, told)}`),
      `  because here ${partWords(why.before, told)}, and there ${partWords(why.after, told)}`,
      '',
    ]),
  ];
};
