import { dollars } from './dollars.ts';
import type { Paint } from './paint.ts';
import { citeOf } from './reasons.ts';
import type { Access, Check, Imported, JourneyCounts, Report } from './report.ts';
import { tableLines } from './table.ts';
import type { When } from './when.ts';

export type Style = { readonly paint: Paint; readonly when: When };

const right = { align: 'right' } as const;

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const total = (journeys: readonly JourneyCounts[], count: (journey: JourneyCounts) => number): number =>
  journeys.reduce((sum, journey) => sum + count(journey), 0);

/** What happened, in a few lines. */
export const headline = ({ imported, journeys, checks, held, from, until, seed, cost }: Report, { paint, when }: Style): readonly string[] => {
  const broken = checks.filter((one) => !one.held).length;
  const verdict = held
    ? paint.good(`✓ ${plural(checks.length, 'check')} held: nobody was lost, nobody was mailed twice, every mail has a recorded basis.`)
    : paint.bad(`✗ ${plural(broken, 'check')} of ${checks.length} did not hold.`);
  return [
    paint.strong(`Sendwell: ${plural(journeys.length, 'patient journey')} on one machine`),
    paint.quiet(`${when.minute(from)} to ${when.minute(until)}, virtual; times in ${when.zone}; seed ${seed}`),
    '',
    `  ${plural(imported.accepted, 'contact')} imported, ${plural(imported.refused.length, 'row')} refused`,
    `  ${plural(total(journeys, ({ entered }) => entered), 'enrolment')} in ${plural(journeys.length, 'journey')}, `
      + `${total(journeys, ({ active }) => active)} still under way`,
    `  ${plural(total(journeys, ({ sends }) => sends.sent), 'mail')} sent, ${total(journeys, ({ sends }) => sends.refused)} refused`,
    `  on AWS at list price: ${dollars(cost.standardDollars)} per million contacts with STANDARD machines, ${dollars(cost.expressDollars)} with EXPRESS`,
    '',
    verdict,
  ];
};

export const journeySection = (counts: JourneyCounts, { paint }: Style): readonly string[] => [
  paint.strong(`${counts.journey} v${counts.version}: ${counts.title}`),
  `  ${counts.entered} entered = ${counts.active} active + ${counts.completed} completed + ${counts.exited} exited + ${counts.failed} failed`,
  `  ${counts.sends.sent} sent, of which ${counts.sends.delivered} delivered and ${counts.sends.bounced} bounced; ${counts.sends.refused} refused`,
  '',
  ...tableLines(
    [{ title: 'step' }, { title: 'kind' }, { title: 'entered', ...right }, { title: 'active', ...right }, { title: 'done', ...right }, { title: 'sent', ...right }, { title: 'refused', ...right }],
    counts.steps.map((step) => [step.step, step.kind, step.everProcessed, step.activeNow, Math.max(0, step.everProcessed - step.activeNow), step.sent ?? '', step.refused ?? '']),
    paint,
  ),
];

/** Every refusal of a message by its reason, with the rule that it cites. */
export const refusalSection = (journeys: readonly JourneyCounts[], { paint }: Style): readonly string[] => {
  const rows = journeys.flatMap(({ journey, refusedBy }) =>
    Object.entries(refusedBy).sort(([, a], [, b]) => b - a).map(([reason, count]) => [reason, count, journey, citeOf(reason)]));
  return [
    paint.strong('Messages refused, by reason'),
    ...tableLines([{ title: 'reason' }, { title: 'sends', ...right }, { title: 'journey' }, { title: 'rule' }], rows, paint),
  ];
};

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ');

export const importSection = ({ from, segments, refused }: Imported, { paint }: Style): readonly string[] => [
  paint.strong('Imported'),
  `  by origin: ${listed(from)}`,
  `  by segment: ${listed(segments)}`,
  '',
  ...tableLines(
    [{ title: 'refused' }, { title: 'row', ...right }, { title: 'code' }, { title: 'path' }, { title: 'remedy' }],
    refused.map((row) => [row.from, row.row, row.code, row.path, row.remedy]),
    paint,
  ),
];

const deedNames: Readonly<Record<string, string>> = {
  click: 'followed a link', scan: 'had every link followed by a mail gateway, which wakes nothing', portal: 'logged in to the portal',
  unsubscribe: 'unsubscribed with one click', revoke: 'took an authorization back',
  sign: 'signed an authorization on its page',
};

export const deedSection = (deeds: Report['deeds'], { paint }: Style): readonly string[] => [
  paint.strong('What the patients of the script did'),
  ...tableLines([{ title: 'times', ...right }, { title: 'deed' }],
    Object.entries(deeds).sort(([one], [other]) => (one < other ? -1 : 1)).map(([deed, count]) => [count, deedNames[deed] ?? deed]), paint),
];

export const timelineSection = ({ contact, entries }: Report['timeline'], { paint, when }: Style): readonly string[] => [
  paint.strong(`One contact: ${contact}`),
  ...tableLines(
    [{ title: 'when' }, { title: 'what' }, { title: 'step or event' }, { title: 'reason' }, { title: 'journey' }],
    entries.map(({ at, what, step, reason = '', journey }) => [when.minute(at), what, step, reason, journey]),
    paint,
  ),
];

export const accessSection = ({ decrypts, sample }: Access, { paint, when }: Style): readonly string[] => [
  paint.strong('Who opened whose record'),
  ...tableLines([{ title: 'function' }, { title: 'decrypts', ...right }, { title: 'contacts', ...right }],
    decrypts.map((use) => [use.function, use.decrypts, use.contacts]), paint),
  '',
  '  Each is one record of the trail. Those of the contact above:',
  ...tableLines([{ title: 'when' }, { title: 'function' }, { title: 'action' }, { title: 'contact' }],
    sample.map((use) => [when.minute(use.at), use.function, use.action, use.contact]), paint),
];

export const checkSection = (checks: readonly Check[], { paint }: Style): readonly string[] => {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return [
    paint.strong('Checks'),
    ...checks.map(({ name, held, figures }) => `  ${held ? paint.good('✓') : paint.bad('✗')} ${name.padEnd(width)}  ${paint.quiet(figures)}`),
  ];
};
