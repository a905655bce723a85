import { readsOutcome } from '../../segment/condition.ts';
import type { DataClass } from '../../consent/classes.ts';
import { type Check, type Draft, templateOf } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import { contactFields, revealedBy } from '../reveals.ts';
import { fieldOf } from '../waits.ts';

type Place = 'content' | 'subject' | 'segment';

/** A class that something in the journey reveals. */
type Revealed = { readonly place: Place; readonly dataClass: DataClass; readonly by: string };

const byFields = (place: Place, fields: readonly string[], reader: string): readonly Revealed[] =>
  fields.flatMap((field) => {
    const dataClass = revealedBy(field);
    return dataClass === undefined ? [] : [{ place, dataClass, by: `${field} in ${reader}` }];
  });

const inTemplates = ({ steps, context }: Draft): readonly Revealed[] => {
  const used = new Set(steps.flatMap(({ step }) => (step.kind === 'send' ? [step.template] : [])));
  return [...used].flatMap((name) => {
    const template = templateOf(context, name);
    if (template === undefined) return [];
    const { subject, body } = context.variables(template);
    return [
      ...byFields('subject', contactFields(subject), `template "${name}"`),
      ...byFields('content', contactFields(body), `template "${name}"`),
    ];
  });
};

const inSegment = ({ document, context }: Draft): readonly Revealed[] => {
  const segment = context.segments.find(({ segment }) => segment === document.enter.segment);
  if (segment === undefined) return [];
  const reader = `segment "${segment.segment}"`;
  return [
    ...segment.classes.map((dataClass) => ({ place: 'segment' as const, dataClass, by: reader })),
    ...byFields('segment', segment.where === null ? [] : [segment.where.field], reader),
  ];
};

const inBranches = ({ steps }: Draft): readonly Revealed[] =>
  steps.flatMap(({ step }) => (step.kind !== 'branch' ? [] : byFields(
    'segment',
    step.choices.flatMap(({ when }) => (readsOutcome(when) ? [] : [when.field])),
    `branch "${step.id}"`,
  )));

const inWaits = ({ steps }: Draft): readonly Revealed[] =>
  steps.flatMap(({ step }) => {
    const field = step.kind === 'wait' ? fieldOf(step.until) : undefined;
    return field === undefined ? [] : byFields('segment', [field], `wait "${step.id}"`);
  });

/**
 * The journey declares every data class that its templates, its segment, its branches and its waits reveal: the consent engine
 * judges a message by what is declared, so a statement that is too narrow would let one pass without its basis.
 */
export const classes: Check = (draft) => {
  const revealed = [...inTemplates(draft), ...inSegment(draft), ...inBranches(draft), ...inWaits(draft)];
  return (['content', 'subject', 'segment'] as const).flatMap((place): readonly Finding[] => {
    const declared: ReadonlySet<DataClass> = new Set(draft.document.message[place]);
    const missing = revealed.filter((one) => one.place === place && !declared.has(one.dataClass));
    return [...new Set(missing.map(({ dataClass }) => dataClass))].map((dataClass) => {
      const by = new Set(missing.filter((one) => one.dataClass === dataClass).map((one) => one.by));
      return finding('journey.undeclared-class', `message.${place}`, `${dataClass} is revealed by ${[...by].join(', ')}`);
    });
  });
};
