import { checkTemplate } from '../core/template/check.ts';
import type { Segment } from '../core/segment/segment.ts';
import { variablesOf } from '../core/template/variables.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { readJourneyFiles } from '../../statemachines/files.ts';
import type { JourneyVersion } from './journeys.ts';

/** What the app deploys. */
export type ShippedJourneys = {
  readonly versions: readonly JourneyVersion[];
  readonly segments: readonly Segment[];
};

type Fault = { readonly file: string; readonly path: string; readonly code: string; readonly remedy: string };

const refuse = (faults: readonly Fault[]): never => {
  throw new Error(faults.map(({ file, path, code, remedy }) => `${file} ${path}: ${code}. ${remedy}`).join('\n'));
};

/**
 * Every version of every journey under a folder, compiled, and the segments that they enter from.
 *
 * @throws Error that lists each finding with file, path, code and remedy
 */
export const journeysOf = (folder: string): ShippedJourneys => {
  const files = readJourneyFiles(folder, { variables: variablesOf, check: checkTemplate });
  if ('findings' in files) return refuse(files.findings);
  const versions = files.journeys.map(({ version, plan, templates }) => {
    const { journey } = plan;
    const definition = compileJourney(plan, version);
    const faults = checkDefinition(definition);
    if (faults.length > 0) refuse(faults.map((fault) => ({ ...fault, file: `${journey}/v${version}/journey.yaml` })));
    return { journey, version, plan, templates, definition };
  });
  return { versions, segments: files.segments };
};
