import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

/** Every send names a template that the journey has. */
export const templates: Check = ({ steps, context }) =>
  steps.flatMap(({ step, path }) => {
    if (step.kind !== 'send' || Object.hasOwn(context.templates, step.template)) return [];
    return [finding('journey.unknown-template', `${path}.send`, `there is no template "${step.template}"`)];
  });
