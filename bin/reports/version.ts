import type { PartFigures, StepFigures, VersionReport } from '../../lib/core/engine/report.ts';
import type { Paint } from '../../lib/local/report/paint.ts';
import type { Cell, Column } from '../../lib/local/report/table.ts';
import { tableLines } from '../../lib/local/report/table.ts';
import { plural } from '../words.ts';

const right = (title: string): Column => ({ title, align: 'right' });

const headline = ({ journey, version, title, sends, ...report }: VersionReport, paint: Paint): readonly string[] => [
  paint.strong(`${journey} v${version}: ${title}`),
  `  ${report.entered} entered = ${report.active} active + ${report.completed} completed + ${report.exited} exited + ${report.failed} failed`
    + `${report.movedIn + report.movedOut === 0 ? '' : `; ${report.movedIn} moved in, ${report.movedOut} moved out`}`,
  ...(report.held === 0 ? [] : [`  ${report.held} of the active ones are held back by a pause`]),
  `  ${sends.sent} sent, of which ${sends.delivered} delivered and ${sends.bounced} bounced; ${sends.refused} refused; put off ${plural(sends.deferred, 'time')}`
    + `${sends.unknown === 0 ? '' : `; ${sends.unknown} handed over without an answer`}`,
  `  ${plural(sends.clicked.people, 'person', 'people')} clicked, ${sends.opened.people} opened; mail gateways followed links of ${sends.clicked.scanners}`,
];

const stepTable = (steps: readonly StepFigures[], paint: Paint): readonly string[] => tableLines(
  [{ title: 'step' }, { title: 'kind' }, right('processed'), right('active'), right('went on'), right('dropped off')],
  steps.map((step) => [step.step, step.kind, step.everProcessed, step.activeNow, step.wentOn, step.droppedOff]),
  paint,
);

const sendTable = (steps: readonly StepFigures[], paint: Paint): readonly string[] => tableLines(
  [{ title: 'message' }, right('sent'), right('refused'), right('put off'), right('delivered'), right('bounced'), right('opened'), right('clicked'), right('scanned')],
  steps.flatMap((step): (readonly Cell[])[] => (step.sent === undefined ? [] : [[
    step.step, step.sent, step.refused ?? 0, step.deferred ?? 0, step.delivered ?? 0, step.bounced ?? 0,
    step.opened?.people ?? 0, step.clicked?.people ?? 0, step.clicked?.scanners ?? 0,
  ]])),
  paint,
);

/** A table with its heading; nothing where it has no rows. */
const section = (heading: string, columns: readonly Column[], rows: readonly (readonly Cell[])[], paint: Paint): readonly string[] =>
  (rows.length === 0 ? [] : ['', paint.strong(heading), ...tableLines(columns, rows, paint)]);

const reasonRows = (steps: readonly StepFigures[], by: 'refusedBy' | 'deferredBy'): readonly (readonly Cell[])[] =>
  steps.flatMap((step) => Object.entries(step[by] ?? {}).map(([reason, count]) => [step.step, reason, count]));

const partRows = (parts: readonly PartFigures[]): readonly (readonly Cell[])[] => parts.map(({ part, entered, opened, clicked, endedBy }) =>
  [part, entered, opened, clicked, Object.entries(endedBy).map(([how, count]) => `${count} ${how}`).join(', ')]);

/** A report as a person reads it. */
export const tellReport = (report: VersionReport, paint: Paint): string => {
  const { steps } = report;
  const links = steps.flatMap((step) => Object.entries(step.clicked?.byLink ?? {}).map(([link, { people, scanners }]) => [step.step, link, people, scanners]));
  const ends = steps.flatMap((step) => Object.entries(step.endedBy).map(([how, count]) => [how, step.step, count]));
  return [
    ...headline(report, paint), '', ...stepTable(steps, paint),
    ...(steps.some(({ sent }) => sent !== undefined) ? ['', ...sendTable(steps, paint)] : []),
    ...section('Links, people counted once', [{ title: 'message' }, { title: 'link' }, right('people'), right('scanned')], links, paint),
    ...section('Ends', [{ title: 'came to' }, { title: 'at' }, right('runs')], ends, paint),
    ...section('Refused', [{ title: 'message' }, { title: 'reason' }, right('sends')], reasonRows(steps, 'refusedBy'), paint),
    ...section('Put off', [{ title: 'message' }, { title: 'reason' }, right('times')], reasonRows(steps, 'deferredBy'), paint),
    ...section('Arms', [{ title: 'arm' }, right('entered'), right('opened'), right('clicked'), { title: 'came to' }], partRows(report.arms), paint),
    ...section('Held out and treated', [{ title: 'group' }, right('entered'), right('opened'), right('clicked'), { title: 'came to' }], partRows(report.groups), paint),
    ...(report.nobodyLost ? [] : ['', paint.bad('The counts do not add up: somebody is lost, or counted twice.')]),
  ].join('\n');
};
