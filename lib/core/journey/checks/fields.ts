import type { Template } from '../../template/template.ts';
import { leavesAsked } from '../conditions.ts';
import { type Check, type Draft, templateOf } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import { contactFields, readableFields, revealedBy, runAttributes } from '../reveals.ts';
import { runAttribute } from '../run-attribute.ts';

const unknown = (field: string, path: string, where: string): Finding =>
  finding('journey.unknown-field', path, `${where} reads "${field}"; there are ${readableFields.join(', ')}`);

const inTemplate = (template: Template, path: string, draft: Draft): readonly Finding[] => {
  const { subject, body } = draft.context.variables(template);
  const read = [...new Set([...subject, ...body])];
  return [
    ...contactFields(read).filter((field) => revealedBy(field) === undefined)
      .map((field) => unknown(field, path, `template "${template.template}"`)),
    ...runAttributes(read).filter((attribute) => runAttribute(draft, attribute) === undefined)
      .map((attribute) => finding('journey.unknown-attribute', path, `template "${template.template}" reads "run.${attribute}"`)),
  ];
};

const inConditions = (draft: Draft): readonly Finding[] =>
  leavesAsked(draft).flatMap(({ leaf, path }) =>
    (!('field' in leaf) || revealedBy(leaf.field) !== undefined ? [] : [unknown(leaf.field, `${path}.field`, 'the condition')]));

const inTemplates = (draft: Draft): readonly Finding[] => {
  const { steps, context } = draft;
  const seen = new Set<string>();
  return steps.flatMap(({ step, path }) => {
    const template = step.kind === 'send' ? templateOf(context, step.template) : undefined;
    if (template === undefined || seen.has(template.template)) return [];
    seen.add(template.template);
    return inTemplate(template, `${path}.send`, draft);
  });
};

/** Conditions and templates read fields that contact records have. */
export const fields: Check = (draft) => [...inTemplates(draft), ...inConditions(draft)];
