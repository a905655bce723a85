import type { Template } from '../../template/template.ts';
import { readsOutcome } from '../../segment/condition.ts';
import { type Check, type Context, templateOf } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import type { Step } from '../plan.ts';
import { contactFields, readableFields, revealedBy } from '../reveals.ts';

const unknown = (field: string, path: string, where: string): Finding =>
  finding('journey.unknown-field', path, `${where} reads "${field}"; there are ${readableFields.join(', ')}`);

const inTemplate = (template: Template, path: string, variables: Context['variables']): readonly Finding[] => {
  const { subject, body } = variables(template);
  return [...new Set(contactFields([...subject, ...body]))]
    .filter((field) => revealedBy(field) === undefined)
    .map((field) => unknown(field, path, `template "${template.template}"`));
};

const inConditions = (step: Step, path: string): readonly Finding[] =>
  (step.kind !== 'branch' ? [] : step.choices.flatMap(({ when }, index) =>
    (readsOutcome(when) || revealedBy(when.field) !== undefined
      ? []
      : [unknown(when.field, `${path}.branch[${index}].when.field`, 'the condition')])));

/** Conditions and templates read fields that contact records have. */
export const fields: Check = ({ steps, context }) => {
  const seen = new Set<string>();
  return steps.flatMap(({ step, path }) => {
    const template = step.kind === 'send' ? templateOf(context, step.template) : undefined;
    if (template === undefined || seen.has(template.template)) return inConditions(step, path);
    seen.add(template.template);
    return inTemplate(template, `${path}.send`, context.variables);
  });
};
