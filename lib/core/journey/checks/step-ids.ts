import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';
import { reservedSteps } from '../reserved.ts';

/** Each id stands once, and none is one of the machine's own. */
export const stepIds: Check = ({ steps, byId }) =>
  steps.flatMap((placed) => {
    const { id } = placed.step;
    const first = byId.get(id);
    const at = `${placed.path}.id`;
    if (reservedSteps.has(id)) return [finding('journey.reserved-step', at, `"${id}" is a step of the machine itself`)];
    if (first === undefined || first === placed) return [];
    return [finding('journey.duplicate-step', at, `"${id}" is the id of ${first.path} already`)];
  });
