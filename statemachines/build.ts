import { checkTemplate } from '../lib/core/template/check.ts';
import { variablesOf } from '../lib/core/template/variables.ts';
import type { EventDefinition } from '../lib/core/event/definition.ts';
import type { Segment } from '../lib/core/segment/segment.ts';
import type { Asl } from './asl.ts';
import { checkDefinition } from './check/definition.ts';
import { compileJourney } from './compile/journey.ts';
import type { FileFinding, JourneyVersion } from './files.ts';
import { readEachVersion } from './files.ts';

/** A version with its machine. */
export type BuiltVersion = JourneyVersion & { readonly definition: Asl };

export type Built = {
  /** Versions without a fault, by name, then by version. */
  readonly versions: readonly BuiltVersion[];
  readonly segments: readonly Segment[];
  readonly events: readonly EventDefinition[];
  /** Faults of documents, templates, segments, events and machines. */
  readonly findings: readonly FileFinding[];
};

const build = (read: JourneyVersion): BuiltVersion | { readonly findings: readonly FileFinding[] } => {
  const definition = compileJourney(read.plan, read.version);
  const faults = checkDefinition(definition);
  if (faults.length === 0) return { ...read, definition };
  return { findings: faults.map((fault) => ({ ...fault, file: `${read.plan.journey}/v${read.version}/journey.yaml` })) };
};

/** Reads, checks and compiles every version of every journey under a folder; one that is faulty leaves the others be. */
export const buildJourneys = (folder: string): Built => {
  const read = readEachVersion(folder, { variables: variablesOf, check: checkTemplate });
  if ('findings' in read) return { versions: [], segments: [], events: [], findings: read.findings };
  const built = read.versions.map((one) => ('value' in one ? build(one.value) : one));
  return {
    versions: built.flatMap((one) => ('definition' in one ? [one] : [])),
    segments: read.segments,
    events: read.events,
    findings: built.flatMap((one) => ('findings' in one ? one.findings : [])),
  };
};
