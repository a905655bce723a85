import type { EventDefinition } from '../event/definition.ts';
import type { EventName, Name } from '../ids.ts';
import type { Segment } from '../segment/segment.ts';
import type { Template } from '../template/template.ts';
import type { Variables } from '../template/variables.ts';
import type { JourneyDocument } from './document.ts';
import type { Finding } from './findings.ts';
import { offTheEnd, type Placed } from './kinds/common.ts';
import { explainStep, kindOf } from './kinds/table.ts';

/** The variables that the parts of a template read, as dotted names: `contact.firstName`, `links.webinar`. */
export type VariablesOf = (template: Template) => Variables;

/** What stands beside a journey document. The templates are sound: `variables` is asked about each one. */
export type Context = {
  readonly templates: Readonly<Record<Name, Template>>;
  readonly segments: readonly Pick<Segment, 'segment' | 'classes' | 'where'>[];
  readonly events: readonly EventDefinition[];
  readonly variables: VariablesOf;
};

/** A journey on its way to a plan: well formed, not checked yet. */
export type Draft = {
  readonly document: JourneyDocument;
  /** In the author's order; ids may be given twice and names may lead nowhere. */
  readonly steps: readonly Placed[];
  /** The first step of each id. */
  readonly byId: ReadonlyMap<Name, Placed>;
  readonly start: Name;
  readonly context: Context;
};

/** The template of a name, if the journey has one. */
export const templateOf = ({ templates }: Context, name: Name): Template | undefined =>
  (Object.hasOwn(templates, name) ? templates[name] : undefined);

/** The definition of an event, if it is declared. */
export const eventOf = ({ events }: Pick<Context, 'events'>, name: EventName): EventDefinition | undefined =>
  events.find(({ event }) => event === name);

/** Looks for one kind of fault. */
export type Check = (draft: Draft) => readonly Finding[];

/** Gives each step an id and says where it leads. */
export const draftOf = (document: JourneyDocument, context: Context): Draft => {
  const ids = document.steps.map((step, index) => step.id ?? `${kindOf(step)}-${index + 1}`);
  const idAt = (index: number): Name => ids[index] ?? offTheEnd;
  const steps = document.steps.map((step, index) =>
    explainStep(step, { id: idAt(index), path: `steps[${index}]`, following: idAt(index + 1), second: idAt(index + 2) }));
  const byId = new Map<Name, Placed>();
  for (const placed of steps) if (!byId.has(placed.step.id)) byId.set(placed.step.id, placed);
  return { document, steps, byId, start: idAt(0), context };
};
