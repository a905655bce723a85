import type { EventDefinition } from '../core/event/definition.ts';
import type { Segment } from '../core/segment/segment.ts';
import { buildJourneys } from '../../statemachines/build.ts';
import type { LocatedFinding } from '../../statemachines/locate.ts';
import { locate } from '../../statemachines/locate.ts';
import type { JourneyVersion } from './journeys.ts';

/** What the app deploys. */
export type ShippedJourneys = {
  readonly versions: readonly JourneyVersion[];
  readonly segments: readonly Segment[];
  readonly events: readonly EventDefinition[];
};

const refuse = (faults: readonly LocatedFinding[]): never => {
  throw new Error(faults.map(({ file, line = 1, column = 1, path, code, remedy }) =>
    `${file}:${line}:${column} ${code}${path === '' ? '' : ` at ${path}`}. ${remedy}`).join('\n'));
};

/**
 * Every version of every journey under a folder, compiled, the segments that they enter from and the events that are declared.
 *
 * @throws Error that lists each finding with file, line, column, path, code and remedy
 */
export const journeysOf = (folder: string): ShippedJourneys => {
  const { versions, segments, events, findings } = buildJourneys(folder);
  if (findings.length > 0) return refuse(locate(folder, findings));
  return { versions: versions.map((one) => ({ ...one, journey: one.plan.journey })), segments, events };
};
