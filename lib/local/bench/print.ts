import type { Paint } from '../report/paint.ts';
import { dollars } from '../report/dollars.ts';
import { assumptions } from '../report/prices.ts';
import { tableLines } from '../report/table.ts';
import type { Cell, Column } from '../report/table.ts';
import type { MixName } from './behaviour.ts';
import type { BenchReport, WalkReport } from './report.ts';

const right = (title: string): Column => ({ title, align: 'right' });

const titles: Readonly<Record<MixName, string>> = { mix: 'half answer', silent: 'nobody answers' };

const columnsOf = (walks: readonly WalkReport[]): readonly Column[] => walks.map(({ mix }) => right(titles[mix]));

const kibibytes = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;

/** A number with so many decimals, always. */
const fixed = (value: number, decimals: number): string => value.toFixed(decimals);

const unitSection = ({ walks }: BenchReport, paint: Paint): readonly string[] => [
  paint.strong('The reference journey, health-plan-enrollment: billed units per contact'),
  ...tableLines(
    [{ title: 'unit' }, ...columnsOf(walks), right('goal')],
    (walks[0]?.units ?? []).map(({ unit, goal }, at) =>
      [unit, ...walks.map(({ units }) => fixed(units[at]?.perContact ?? 0, 2)), goal ?? '']),
    paint,
  ),
  '',
  '  Counted at the engines from the enrolment on; what runs on a schedule stands below.',
];

const invocationSection = ({ walks }: BenchReport, paint: Paint): readonly string[] => {
  const names = [...new Set(walks.flatMap(({ invocations }) => invocations.map((one) => one.function)))];
  return [
    paint.strong('Lambda invocations per contact, by function'),
    ...tableLines([{ title: 'function' }, ...columnsOf(walks)], names.map((name) => [name, ...walks.map(({ invocations }) =>
      fixed(invocations.find((one) => one.function === name)?.perContact ?? 0, 3))]), paint),
    '',
    '  Batches of queues and streams are as full here as a burst of enrolments makes them.',
  ];
};

const costSection = ({ walks }: BenchReport, paint: Paint): readonly string[] => {
  const row = (title: string, price: (walk: WalkReport) => number): readonly Cell[] => [title, '', ...walks.map((walk) => dollars(price(walk)))];
  return [
    paint.strong('List price per million contacts'),
    ...tableLines([{ title: 'service' }, { title: 'unit' }, ...columnsOf(walks)], [
      ...(walks[0]?.cost.lines ?? []).map(({ service, unit }, at) =>
        [service, unit, ...walks.map(({ cost }) => dollars(cost.lines[at]?.dollarsPerMillion ?? 0))]),
      row('all, machines STANDARD', ({ cost }) => cost.standardDollars),
      row('all, machines EXPRESS', ({ cost }) => cost.expressDollars),
    ], paint),
    '',
    `  us-east-1, no free tier. Assumed: ${assumptions.functionSeconds * 1000} ms at ${assumptions.functionGigabytes * 1024} MB for each invocation.`,
    '  Not counted: logs, traces, the trail, storage, the firewall.',
  ];
};

const scheduleSection = ({ schedules }: BenchReport, paint: Paint): readonly string[] => [
  paint.strong('On a schedule, whatever the number of contacts'),
  ...tableLines(
    [{ title: 'function' }, right('every'), right('read units'), right('write units'), right('SQS requests'), right('dollars a minute'), right('30 days')],
    schedules.map(({ function: name, everyMinutes, readUnits, writeUnits, sqsRequests, dollarsPerMinute, dollarsPerMonth }) =>
      [name, `${everyMinutes} min`, readUnits, writeUnits, sqsRequests, `$${dollarsPerMinute.toFixed(7)}`, dollars(dollarsPerMonth)]),
    paint,
  ),
  '',
  '  Of one invocation while nobody is due.',
];

const recomputeSection = ({ recompute }: BenchReport, paint: Paint): readonly string[] => [
  paint.strong('One contact leaves a segment by a change of its record: used per change'),
  ...tableLines(
    [right('contacts'), right('read units'), right('write units'), right('Lambda invocations'), right('KMS Decrypt'), right('on this machine')],
    recompute.map(({ members, readUnits, writeUnits, invocations, decrypts, milliseconds }) =>
      [members, fixed(readUnits, 1), fixed(writeUnits, 1), fixed(invocations, 1), fixed(decrypts, 1), `${fixed(milliseconds, 0)} ms`]),
    paint,
  ),
  '',
  `  Means of ${recompute[0]?.changes ?? 0} changes made one at a time, of the time the median: the import of the record, and all that follows from it.`,
];

const speedSection = ({ walks, compile, decisions, simulation, sendShare }: BenchReport, paint: Paint): readonly string[] => [
  paint.strong('On this machine'),
  ...tableLines(
    [{ title: 'contacts' }, { title: '' }, right('import'), right('walk'), right('processor'), right('contacts a second'), right('peak memory'), right('of the DynamoDB engine')],
    walks.map(({ mix, contacts, importSeconds, walkSeconds, processorSeconds, contactsPerSecond, peakMegabytes: { platform, dynamo } }) => [
      contacts, titles[mix], `${fixed(importSeconds, 1)} s`, `${fixed(walkSeconds, 1)} s`, `${fixed(processorSeconds, 1)} s`, fixed(contactsPerSecond, 1),
      `${fixed(platform, 0)} MiB`, dynamo === null ? 'unknown' : `${fixed(dynamo, 0)} MiB`,
    ]),
    paint,
  ),
  '',
  ...tableLines([right('steps'), right('read, check and compile')],
    compile.map(({ steps, milliseconds }) => [steps, `${fixed(milliseconds, 1)} ms`]), paint),
  '',
  `  ${Math.round(decisions.perSecond).toLocaleString('en-US')} consent decisions a second on one core, over ${decisions.cases} cases in turn.`,
  `  ${simulation.contacts.toLocaleString('en-US')} contacts simulated through the reference journey in ${fixed(simulation.seconds, 1)} s and ${fixed(simulation.peakMegabytes, 0)} MiB (goal 30 s, 1,024 MiB for 100,000).`,
  `  Of a send, ${fixed(sendShare.sendMilliseconds, 1)} ms here, the decision takes ${fixed(sendShare.decideMilliseconds, 3)} ms or ${fixed(sendShare.share * 100, 2)} %: validation included, median of ${sendShare.sends} sends made one at a time.`,
];

const handlerSection = ({ handlers, node }: BenchReport, paint: Paint): readonly string[] => [
  paint.strong('Handlers: bundle and cold initialisation, beside a bare handler with the same SDK clients'),
  ...tableLines(
    [{ title: 'function' }, right('bundle'), right('bare'), right('cold'), right('bare'), right('ratio'), right('goal'), { title: 'heaviest beside the SDK' }],
    handlers.map(({ function: name, bytes, bareBytes, milliseconds, bareMilliseconds, ratio, heaviest }) => [
      name, kibibytes(bytes), kibibytes(bareBytes), `${fixed(milliseconds, 0)} ms`, `${fixed(bareMilliseconds, 0)} ms`, fixed(ratio, 2), 1.3,
      heaviest.map((one) => `${one.name} ${Math.round(one.bytes / 1024)}`).join(', '),
    ]),
    paint,
  ),
  '',
  `  Medians of fresh processes of Node ${node.replace('v', '')}: loading the bundle, without the start of Node itself.`,
];

/** The report as a person reads it. */
export const printBench = (report: BenchReport, paint: Paint): string => {
  const sections = [unitSection, invocationSection, costSection, scheduleSection, recomputeSection, speedSection, handlerSection];
  return `${sections.map((section) => section(report, paint).join('\n')).join('\n\n')}\n`;
};
