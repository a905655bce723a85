import { leavesAsked } from '../conditions.ts';
import type { Check } from '../draft.ts';
import { waysIn } from '../entry.ts';
import { finding } from '../findings.ts';

/** The segments that select contacts, take them in, and are asked about are defined. */
export const segments: Check = (draft) => {
  const { document, steps, context } = draft;
  const defined = new Set(context.segments.map(({ segment }) => segment));
  return [
    ...waysIn(document.enter).flatMap(({ path, way }) => ('segment' in way ? [{ name: way.segment, path: `${path}.segment` }] : [])),
    ...steps.flatMap(({ step, path }) =>
      (step.kind === 'add-to-segment' ? [{ name: step.segment, path: `${path}.addToSegment` }] : [])),
    ...leavesAsked(draft).flatMap(({ leaf, path }) => ('segment' in leaf ? [{ name: leaf.segment, path: path.endsWith('.joins') ? path : `${path}.segment` }] : [])),
  ].filter(({ name }) => !defined.has(name))
    .map(({ name, path }) => finding('journey.unknown-segment', path, `there is no segment "${name}"`));
};
