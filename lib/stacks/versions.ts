import { checkTemplate } from '../core/template/check.ts';
import { variablesOf } from '../core/template/variables.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { readJourneyFiles } from '../../statemachines/files.ts';
import type { Segment } from '../core/segment/segment.ts';
import type { JourneyVersion } from './journeys.ts';

type Fault = { readonly file: string; readonly path: string; readonly code: string; readonly remedy: string };

const refuse = (faults: readonly Fault[]): never => {
  throw new Error(faults.map(({ file, path, code, remedy }) => `${file} ${path}: ${code}. ${remedy}`).join('\n'));
};

/** The segments that select contacts by their record, as the import asks for them. */
export type Selection = Pick<Segment, 'segment' | 'where'>;

/**
 * Every version of every journey under a folder, compiled, and the segments beside them.
 *
 * @throws Error that lists each finding with file, path, code and remedy
 */
export const compiledJourneys = (
  folder: string,
): { readonly versions: readonly JourneyVersion[]; readonly segments: readonly Selection[] } => {
  const files = readJourneyFiles(folder, { variables: variablesOf, check: checkTemplate });
  if ('findings' in files) return refuse(files.findings);
  const versions = files.journeys.map(({ version, plan, templates }) => {
    const { journey } = plan;
    const definition = compileJourney(plan, version);
    const faults = checkDefinition(definition);
    if (faults.length > 0) refuse(faults.map((fault) => ({ ...fault, file: `${journey}/v${version}/journey.yaml` })));
    return { journey, version, plan, templates, definition };
  });
  return { versions, segments: files.segments.map(({ segment, where }) => ({ segment, where })) };
};
