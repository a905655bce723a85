import * as z from 'zod';
import { EventFilter } from '../../event/filter.ts';
import { EventName, FieldName, Name } from '../../ids.ts';
import { AttributeCondition, Condition } from '../../segment/condition.ts';
import type { Awaited } from '../plan.ts';
import { Target } from './common.ts';

const way = {
  as: Name.optional().describe(
    'The label of this outcome. Where it is left out: the link, the event with hyphens, or one of clicked, opened, bounced, changed, joined, left or met.'),
  then: Target.optional().describe('The step to go on with; the following one where it is left out.'),
};

/** Written for a link, this stands for each of them. */
const anyLink = 'any';

const mail = Name.describe('The send step whose mail is meant.');

const Click = z.strictObject({
  click: Name.describe('A link of the template that was sent, or `any`.'),
  of: Name.describe('The send step whose mail carries the link.'),
  ...way,
});
const Open = z.strictObject({ open: mail, ...way }).describe('For journeys with `opens: true`.');
const Bounce = z.strictObject({ bounce: mail, ...way });
const Event = z.strictObject({
  event: EventName.describe('An event reported through the API, like portal.login.'),
  where: z.union([AttributeCondition, EventFilter]).optional().describe('A test on an attribute of the event, or a list of tests that all hold.'),
  ...way,
});
const Changed = z.strictObject({ changed: FieldName.describe('A field of the contact, like planYear.'), ...way });
const Joins = z.strictObject({ joins: Name.describe('A segment that the contact joins.'), ...way });
const Leaves = z.strictObject({ leaves: Name.describe('A segment that the contact leaves.'), ...way });

const Passes = z.strictObject({ passes: Condition.describe('A condition that comes true, or is true already.'), ...way });

export const AwaitedDocument = z.union([Click, Open, Bounce, Event, Changed, Joins, Leaves, Passes]);
export type AwaitedDocument = z.infer<typeof AwaitedDocument>;

type Explained = { readonly label: Name; readonly on: Awaited };

const testsOf = (where: AttributeCondition | EventFilter): EventFilter => ('attribute' in where ? [where] : where);

const explain = (document: AwaitedDocument): Explained => {
  if ('click' in document) {
    const { click, of } = document;
    return click === anyLink ? { label: 'clicked', on: { type: 'click', of } } : { label: click, on: { type: 'click', link: click, of } };
  }
  if ('open' in document) return { label: 'opened', on: { type: 'open', of: document.open } };
  if ('bounce' in document) return { label: 'bounced', on: { type: 'bounce', of: document.bounce } };
  if ('changed' in document) return { label: 'changed', on: { type: 'change', field: document.changed } };
  if ('joins' in document) return { label: 'joined', on: { type: 'segment', segment: document.joins, change: 'joined' } };
  if ('leaves' in document) return { label: 'left', on: { type: 'segment', segment: document.leaves, change: 'left' } };
  if ('passes' in document) return { label: 'met', on: { type: 'passes', when: document.passes } };
  const { event, where } = document;
  const label = event.split(/[.-]+/u).filter((word) => word !== '').join('-');
  return { label, on: { type: 'api', name: event, ...(where === undefined ? {} : { where: testsOf(where) }) } };
};

/** What an author waits for, made explicit. */
export const explainAwaited = (document: AwaitedDocument): Explained => {
  const { label, on } = explain(document);
  return { label: document.as ?? label, on };
};
