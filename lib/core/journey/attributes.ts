import { attributeOf } from '../event/definition.ts';
import type { EventDefinition } from '../event/definition.ts';
import type { Draft } from './draft.ts';
import { eventOf } from './draft.ts';
import { runAttribute } from './run-attribute.ts';

/** The events whose attributes the conditions of a journey may read: those that it waits for. */
const readableEvents = ({ steps, context }: Draft): readonly EventDefinition[] => {
  const names = new Set(steps.flatMap(({ step }) =>
    (step.kind !== 'wait-for-event' ? [] : step.events.flatMap(({ on }) => (on.type === 'api' ? [on.name] : [])))));
  return [...names].flatMap((name) => eventOf(context, name) ?? []);
};

/** The events that may give a condition an attribute of this name. */
export const eventsWith = (draft: Draft, name: string): readonly EventDefinition[] =>
  readableEvents(draft).filter((event) => attributeOf(event, name) !== undefined);

/** What a condition may find under the name of an attribute, by the events that it may come from. */
export const attributesOf = (draft: Draft, name: string): readonly { readonly reveals: EventDefinition['classes'][number] }[] => {
  const known = runAttribute(draft, name);
  return [
    ...eventsWith(draft, name).flatMap((event) => attributeOf(event, name) ?? []),
    ...(known === undefined ? [] : [known]),
  ];
};
