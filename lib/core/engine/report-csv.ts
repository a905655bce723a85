import { csvOf } from '../csv.ts';
import type { By, PartFigures, Reached, StepFigures, VersionReport } from './report.ts';

/** A figure: of the journey, a step, a link, an arm or a group; of which one; what it counts; by what; how many. */
type Row = readonly [of: string, name: string, measure: string, by: string, count: number];

const byRows = (of: string, name: string, measure: string, by: By): readonly Row[] =>
  Object.entries(by).map(([reason, count]): Row => [of, name, measure, reason, count]);

const reachedRows = (of: string, name: string, measure: string, { people, scanners }: Reached): readonly Row[] =>
  [[of, name, measure, 'people', people], [of, name, measure, 'scanners', scanners]];

const stepRows = (figures: StepFigures): readonly Row[] => {
  const { step, activeNow, everProcessed, wentOn, endedBy, droppedOff, sent, unknown, refused, refusedBy, deferred, deferredBy, delivered, bounced } = figures;
  const rows: readonly (readonly [string, number | undefined])[] = [
    ['processed', everProcessed], ['active', activeNow], ['went-on', wentOn], ['dropped-off', droppedOff], ['sent', sent], ['unknown', unknown],
    ['refused', refused], ['deferred', deferred], ['delivered', delivered], ['bounced', bounced],
  ];
  return [
    ...rows.flatMap(([measure, count]): readonly Row[] => (count === undefined ? [] : [['step', step, measure, '', count]])),
    ...byRows('step', step, 'ended', endedBy),
    ...byRows('step', step, 'refused-by', refusedBy ?? {}), ...byRows('step', step, 'deferred-by', deferredBy ?? {}),
    ...(figures.opened === undefined ? [] : reachedRows('step', step, 'opened', figures.opened)),
    ...(figures.clicked === undefined ? [] : reachedRows('step', step, 'clicked', figures.clicked)),
    ...Object.entries(figures.clicked?.byLink ?? {}).flatMap(([link, reached]) => reachedRows('link', `${step}/${link}`, 'clicked', reached)),
  ];
};

const partRows = (of: string, parts: readonly PartFigures[]): readonly Row[] =>
  parts.flatMap(({ part, entered, opened, clicked, endedBy }): readonly Row[] => [
    [of, part, 'entered', '', entered], [of, part, 'opened', 'people', opened], [of, part, 'clicked', 'people', clicked],
    ...byRows(of, part, 'ended', endedBy),
  ]);

/** A report with one figure a line, for spreadsheets. */
export const reportCsv = (report: VersionReport): string => {
  const { journey, sends } = report;
  const { opened, clicked, ...figures } = sends;
  const runs = ['entered', 'active', 'held', 'completed', 'exited', 'failed', 'movedIn', 'movedOut'] as const;
  const rows: readonly Row[] = [
    ...runs.map((name): Row => ['journey', journey, name.replace(/[A-Z]/u, (letter) => `-${letter.toLowerCase()}`), '', report[name]]),
    ...Object.entries(report.ends).flatMap(([status, by]) => byRows('journey', journey, `ended-${status}`, by)),
    ...Object.entries(figures).map(([measure, count]): Row => ['journey', journey, measure, '', count]),
    ...reachedRows('journey', journey, 'opened', opened), ...reachedRows('journey', journey, 'clicked', clicked),
    ...byRows('journey', journey, 'refused-by', report.refusedBy), ...byRows('journey', journey, 'deferred-by', report.deferredBy),
    ...report.steps.flatMap(stepRows), ...partRows('arm', report.arms), ...partRows('group', report.groups),
  ];
  return csvOf(['of', 'name', 'measure', 'by', 'count'], rows);
};
