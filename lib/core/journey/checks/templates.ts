import { type Check, templateOf } from '../draft.ts';
import { finding } from '../findings.ts';

/** Every send names a template that the journey has. */
export const templates: Check = ({ steps, context }) =>
  steps.flatMap(({ step, path }) => {
    if (step.kind !== 'send' || templateOf(context, step.template) !== undefined) return [];
    return [finding('journey.unknown-template', `${path}.send`, `there is no template "${step.template}"`)];
  });
