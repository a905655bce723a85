import type { Check } from '../draft.ts';
import { exitsOf } from '../exits.ts';
import { finding } from '../findings.ts';
import { reachable } from '../graph.ts';

/** Some way leads from the first step to every other. */
export const unreachable: Check = ({ steps, byId, start }) => {
  const reached = reachable(start, (id) => {
    const placed = byId.get(id);
    return placed === undefined ? [] : exitsOf(placed.step);
  });
  return steps.filter(({ step }) => !reached.has(step.id))
    .map(({ step, path }) => finding('journey.unreachable-step', path, `no way leads to "${step.id}"`));
};
