import { type Check, templateOf } from '../draft.ts';
import { finding } from '../findings.ts';

/**
 * A message says what becomes of it where a record or a run lacks what it reads. Format 1 left it unsaid: the message is
 * refused then, and the run goes on.
 */
export const gaps: Check = ({ document, steps, context }) => {
  if (document.format === 1) return [];
  const seen = new Set<string>();
  return steps.flatMap(({ step, path }) => {
    const template = step.kind === 'send' ? templateOf(context, step.template) : undefined;
    if (template === undefined || seen.has(template.template)) return [];
    seen.add(template.template);
    return context.variables(template).needed
      .filter((name) => !Object.hasOwn(template.missing ?? {}, name))
      .map((name) => finding('journey.undeclared-outcome', `${path}.send`, `template "${template.template}" reads ${name}, which may be missing`));
  });
};
