import type { DataClass } from '../../consent/classes.ts';
import { attributeOf } from '../../event/definition.ts';
import type { EventName, Name } from '../../ids.ts';
import type { AttributeCondition, Condition, Leaf } from '../../segment/condition.ts';
import { fieldsOf, leavesOf, segmentsIn, testsOf } from '../../segment/needs.ts';
import { attributesOf } from '../attributes.ts';
import { conditionsOf } from '../conditions.ts';
import { type Check, type Draft, eventOf, templateOf } from '../draft.ts';
import { exitsFrom } from '../ending.ts';
import { listOf, triggerOf, waysIn } from '../entry.ts';
import { type Finding, finding } from '../findings.ts';
import type { Awaited } from '../plan.ts';
import { contactFields, revealedBy, runAttributes } from '../reveals.ts';
import { runAttribute } from '../run-attribute.ts';
import { fieldOf } from '../waits.ts';

type Place = 'content' | 'subject' | 'segment';

/** A class that something in the journey reveals. */
type Revealed = { readonly place: Place; readonly dataClass: DataClass; readonly by: string };

const byFields = (place: Place, fields: readonly string[], reader: string): readonly Revealed[] =>
  fields.flatMap((field) => {
    const dataClass = revealedBy(field);
    return dataClass === undefined ? [] : [{ place, dataClass, by: `${field} in ${reader}` }];
  });

const byAttributes = (place: Place, names: readonly string[], reader: string, draft: Draft): readonly Revealed[] =>
  names.flatMap((name) => {
    const dataClass = runAttribute(draft, name)?.reveals;
    return dataClass === undefined ? [] : [{ place, dataClass, by: `run.${name} in ${reader}` }];
  });

const inTemplates = (draft: Draft): readonly Revealed[] => {
  const { steps, context } = draft;
  const used = new Set(steps.flatMap(({ step }) => (step.kind === 'send' ? [step.template] : [])));
  return [...used].flatMap((name) => {
    const template = templateOf(context, name);
    if (template === undefined) return [];
    const { subject, body } = context.variables(template);
    return [
      ...byFields('subject', contactFields(subject), `template "${name}"`),
      ...byFields('content', contactFields(body), `template "${name}"`),
      ...byAttributes('subject', runAttributes(subject), `template "${name}"`, draft),
      ...byAttributes('content', runAttributes(body), `template "${name}"`, draft),
    ];
  });
};

/** What an event reveals by having happened, or one of its attributes. */
const byReport = (leaf: Leaf, reader: string, draft: Draft): readonly Revealed[] => {
  if ('attribute' in leaf) {
    return attributesOf(draft, leaf.attribute).map(({ reveals }) =>
      ({ place: 'segment' as const, dataClass: reveals, by: `attribute ${leaf.attribute} in ${reader}` }));
  }
  return 'event' in leaf ? byEvent(leaf.event, leaf.where === undefined ? [] : testsOf(leaf.where).map(({ test }) => test), reader, draft) : [];
};

/** What a condition reads, and the segments that it names with all that they read in turn. */
const byCondition = (condition: Condition, reader: string, draft: Draft, seen: readonly Name[] = []): readonly Revealed[] => [
  ...byFields('segment', fieldsOf(condition), reader),
  ...leavesOf(condition).flatMap(({ leaf }) => byReport(leaf, reader, draft)),
  ...segmentsIn(condition).flatMap((name) => bySegment(name, draft, seen)),
];

/** What being in a segment reveals: the classes that it declares, and what its own condition reads. */
const bySegment = (name: Name, draft: Draft, seen: readonly Name[] = []): readonly Revealed[] => {
  const segment = draft.context.segments.find((one) => one.segment === name);
  if (segment === undefined || seen.includes(name)) return [];
  const reader = `segment "${name}"`;
  return [
    ...segment.classes.map((dataClass) => ({ place: 'segment' as const, dataClass, by: reader })),
    ...(segment.where === null ? [] : byCondition(segment.where, reader, draft, [...seen, name])),
  ];
};

/** The list that selects, and the dates that triggers and keys read; other triggers ask conditions. */
const inEntry = (draft: Draft): readonly Revealed[] => {
  const { enter, reenter } = draft.document;
  const list = listOf(enter);
  const key = reenter === 'never' || typeof reenter.oncePer === 'string' || !('field' in reenter.oncePer) ? [] : [reenter.oncePer.field];
  return [
    ...(list === undefined ? [] : bySegment(list.segment, draft)),
    ...waysIn(enter).flatMap(({ path, way }) => {
      const trigger = triggerOf(way);
      if (trigger?.kind === 'date') return byFields('segment', [trigger.field], `trigger "${path}"`);
      return trigger?.kind === 'event' ? byAwaited({ type: 'api', name: trigger.event, where: trigger.where }, `trigger "${path}"`, draft) : [];
    }),
    ...exitsFrom(draft.document).flatMap(({ event, label }) =>
      (event === undefined ? [] : byAwaited({ type: 'api', name: event }, `ending "${label}"`, draft))),
    ...byFields('segment', key, 'the key of re-entry'),
  ];
};

const inConditions = (draft: Draft): readonly Revealed[] =>
  conditionsOf(draft).flatMap(({ condition, reader }) => byCondition(condition, reader, draft));

const byEvent = (name: EventName, tests: readonly AttributeCondition[], reader: string, { context }: Draft): readonly Revealed[] => {
  const event = eventOf(context, name);
  if (event === undefined) return [];
  return [
    ...event.classes.map((dataClass) => ({ place: 'segment' as const, dataClass, by: `${name} in ${reader}` })),
    ...tests.flatMap(({ attribute }) => {
      const dataClass = attributeOf(event, attribute)?.reveals;
      return dataClass === undefined ? [] : [{ place: 'segment' as const, dataClass, by: `${attribute} of ${name} in ${reader}` }];
    }),
  ];
};

const byAwaited = (on: Awaited, reader: string, draft: Draft): readonly Revealed[] => {
  if (on.type === 'change') return byFields('segment', [on.field], reader);
  if (on.type === 'segment') return bySegment(on.segment, draft);
  return on.type === 'api' ? byEvent(on.name, on.where ?? [], reader, draft) : [];
};

/** A wait that a field decides, and one that leads on different ways, include and exclude people as a branch does. */
const inWaits = (draft: Draft): readonly Revealed[] =>
  draft.steps.flatMap(({ step }) => {
    if (step.kind === 'wait-for-event') return step.events.flatMap(({ on }) => byAwaited(on, `wait "${step.id}"`, draft));
    const field = step.kind === 'wait' ? fieldOf(step.until) : undefined;
    return field === undefined ? [] : byFields('segment', [field], `wait "${step.id}"`);
  });

/**
 * The journey declares every data class that its templates, its segment, its conditions and its waits reveal: the consent
 * engine judges a message by what is declared, so a statement that is too narrow would let one pass without its basis.
 */
export const classes: Check = (draft) => {
  const revealed = [
    ...inTemplates(draft), ...inEntry(draft), ...inConditions(draft), ...inWaits(draft),
  ];
  return (['content', 'subject', 'segment'] as const).flatMap((place): readonly Finding[] => {
    const declared: ReadonlySet<DataClass> = new Set(draft.document.message[place]);
    const missing = revealed.filter((one) => one.place === place && !declared.has(one.dataClass));
    return [...new Set(missing.map(({ dataClass }) => dataClass))].map((dataClass) => {
      const by = new Set(missing.filter((one) => one.dataClass === dataClass).map((one) => one.by));
      return finding('journey.undeclared-class', `message.${place}`, `${dataClass} is revealed by ${[...by].join(', ')}`);
    });
  });
};
