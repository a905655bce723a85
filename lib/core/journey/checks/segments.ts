import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

/** The segments that select contacts and that take them in are defined. */
export const segments: Check = ({ document, steps, context }) => {
  const defined = new Set(context.segments.map(({ segment }) => segment));
  return [
    { name: document.enter.segment, path: 'enter.segment' },
    ...steps.flatMap(({ step, path }) =>
      (step.kind === 'add-to-segment' ? [{ name: step.segment, path: `${path}.addToSegment` }] : [])),
  ].filter(({ name }) => !defined.has(name))
    .map(({ name, path }) => finding('journey.unknown-segment', path, `there is no segment "${name}"`));
};
