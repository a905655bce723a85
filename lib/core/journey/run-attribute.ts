import type { AttributeDefinition } from '../event/definition.ts';
import { attributeOf } from '../event/definition.ts';
import type { Draft } from './draft.ts';
import { eventOf } from './draft.ts';
import { triggerOf, waysIn } from './entry.ts';

/** An attribute that runs of the journey have: one of an event that enters contacts. */
export const runAttribute = ({ document, context }: Pick<Draft, 'document' | 'context'>, name: string): AttributeDefinition | undefined =>
  waysIn(document.enter).flatMap(({ way }) => {
    const trigger = triggerOf(way);
    const event = trigger?.kind === 'event' ? eventOf(context, trigger.event) : undefined;
    return event === undefined ? [] : attributeOf(event, name) ?? [];
  })[0];
