import { attributeOf } from '../../event/definition.ts';
import type { AttributeDefinition, EventDefinition } from '../../event/definition.ts';
import type { EventName, Name } from '../../ids.ts';
import type { AttributeCondition, AttributeFilter, Condition } from '../../segment/condition.ts';
import { leavesOf, testsOf } from '../../segment/needs.ts';
import { type Check, type Context, type Draft, eventOf, templateOf } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import type { Awaited, StepOf } from '../plan.ts';
import { readableFields, revealedBy } from '../reveals.ts';

type Of<T extends Awaited['type']> = Extract<Awaited, { type: T }>;

/** The send step that a wait names, or what is wrong with it. */
const sourceOf = (of: Name, path: string, code: 'journey.click-source' | 'journey.mail-source', { byId }: Draft): StepOf<'send'> | Finding => {
  const source = byId.get(of)?.step;
  if (source === undefined) return finding('journey.unknown-step', path, `there is no step "${of}"`);
  return source.kind === 'send' ? source : finding(code, path, `"${of}" sends no message`);
};

const clickFindings = ({ of, link }: Of<'click'>, path: string, draft: Draft): readonly Finding[] => {
  const source = sourceOf(of, `${path}.of`, 'journey.click-source', draft);
  if ('code' in source) return [source];
  const template = templateOf(draft.context, source.template);
  const links = Object.keys(template?.links ?? {});
  if (template === undefined || (link === undefined ? links.length > 0 : links.includes(link))) return [];
  return [finding('journey.unknown-link', `${path}.click`,
    `template "${source.template}" has no link${link === undefined ? '' : ` "${link}"`}; it has ${links.length === 0 ? 'none' : links.join(', ')}`)];
};

const mailFindings = (of: Name, path: string, draft: Draft): readonly Finding[] => {
  const source = sourceOf(of, path, 'journey.mail-source', draft);
  return 'code' in source ? [source] : [];
};

const openFindings = (of: Name, path: string, draft: Draft): readonly Finding[] => [
  ...mailFindings(of, path, draft),
  ...(draft.document.opens === true ? [] : [finding('journey.opens-undeclared', path, 'mails of this journey do not tell that they are opened')]),
];

type Value = string | number | boolean;

/** Whether tests of values are of the attribute's type. */
const isOfType = ({ type }: AttributeDefinition, values: readonly Value[]): boolean =>
  values.every((value) => typeof value === (type === 'number' || type === 'boolean' ? type : 'string'));

const fits = (attribute: AttributeDefinition, test: AttributeCondition): boolean => {
  if ('exists' in test) return true;
  if ('equals' in test) return isOfType(attribute, [test.equals]);
  if ('oneOf' in test) return isOfType(attribute, test.oneOf);
  return 'atLeast' in test || 'atMost' in test ? attribute.type === 'number' : attribute.type === 'date' || attribute.type === 'instant';
};

/** A test on an attribute of an event asks for one that the event declares, and as its type has it. */
export const testFindings = (event: EventDefinition, test: AttributeCondition, path: string): readonly Finding[] => {
  const attribute = attributeOf(event, test.attribute);
  if (attribute === undefined) {
    const declared = Object.keys(event.attributes).join(', ');
    return [finding('journey.unknown-attribute', `${path}.attribute`,
      `"${event.event}" has no attribute "${test.attribute}"; it has ${declared === '' ? 'none' : declared}`)];
  }
  if (fits(attribute, test)) return [];
  return [finding('journey.attribute-test', path, `"${test.attribute}" is of type ${attribute.type}, and no value of it passes the test`)];
};

/** An event as a document names it, with one test of its attributes or a list of them. */
type NamedEvent = { readonly event: EventName; readonly where?: AttributeFilter | undefined };

/** An event that is named is declared, and so are the attributes that are tested. */
export const eventFindings = (
  { event: name, where }: NamedEvent, path: string, { context }: { readonly context: Pick<Context, 'events'> },
): readonly Finding[] => {
  const event = eventOf(context, name);
  if (event === undefined) return [finding('journey.unknown-event', `${path}.event`, `there is no event "${name}"`)];
  return (where === undefined ? [] : testsOf(where)).flatMap((one) => testFindings(event, one.test, `${path}.where${one.path}`));
};

/** The tests of an awaited event as they are written, on which their paths depend. */
const whereWritten = ({ document }: Draft, step: number, index: number): AttributeFilter | undefined => {
  const written = document.steps[step];
  const awaited = written !== undefined && 'waitFor' in written ? written.waitFor[index] : undefined;
  return awaited !== undefined && 'event' in awaited ? awaited.where : undefined;
};

const segmentFindings = ({ segment, change }: Of<'segment'>, path: string, { context }: Draft): readonly Finding[] =>
  (context.segments.some((one) => one.segment === segment) ? []
    : [finding('journey.unknown-segment', `${path}.${change === 'joined' ? 'joins' : 'leaves'}`, `there is no segment "${segment}"`)]);

const fieldFindings = ({ field }: Of<'change'>, path: string): readonly Finding[] =>
  (revealedBy(field) !== undefined ? []
    : [finding('journey.unknown-field', `${path}.changed`, `the wait reads "${field}"; there are ${readableFields.join(', ')}`)]);

/** A wait is reached with an outcome, but what comes true later is not one. */
const outcomeFindings = (when: Condition, path: string): readonly Finding[] =>
  leavesOf(when, path).flatMap((place) =>
    ('outcome' in place.leaf ? [finding('journey.impossible-outcome', `${place.path}.outcome`, 'no outcome comes while a contact waits')] : []));

const findingsOf = (on: Exclude<Awaited, Of<'api'>>, path: string, draft: Draft): readonly Finding[] => {
  switch (on.type) {
    case 'click': return clickFindings(on, path, draft);
    case 'open': return openFindings(on.of, `${path}.open`, draft);
    case 'bounce': return mailFindings(on.of, `${path}.bounce`, draft);
    case 'change': return fieldFindings(on, path);
    case 'segment': return segmentFindings(on, path, draft);
    case 'passes': return outcomeFindings(on.when, `${path}.passes`);
  }
};

/** What an event wait names is there: the mail, its link, the event and its attributes, the field, the segment. */
export const awaited: Check = (draft) =>
  draft.steps.flatMap(({ step, path }, position) =>
    (step.kind !== 'wait-for-event' ? [] : step.events.flatMap(({ on }, index) => {
      const at = `${path}.waitFor[${index}]`;
      return on.type === 'api' ? eventFindings({ event: on.name, where: whereWritten(draft, position, index) }, at, draft) : findingsOf(on, at, draft);
    })));
