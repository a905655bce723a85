import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

/** Whatever a step leads to is a step of the journey. */
export const targets: Check = ({ steps, byId }) =>
  steps.flatMap(({ names }) =>
    names.filter(({ to }) => !byId.has(to))
      .map(({ path, to }) => finding('journey.unknown-step', path, `there is no step "${to}"`)));
