import type { Trigger, TriggerOf } from '../plan.ts';
import { asking, filtering } from './asking.ts';
import { clockOf, listed, named, span } from './words.ts';

const anniversary = { 'february-28': '28 February', 'march-1': '1 March' } as const;

const byDate = (trigger: TriggerOf<'date'>): string => {
  const { field, side, by, time, yearly } = trigger;
  const distance = Object.values(by).every((count) => count === 0) ? 'on' : `${span(by)} ${side}`;
  const year = yearly === undefined ? '' : `, every year, 29 February being kept on ${anniversary[yearly.leapDay]} of a common year`;
  return `${distance} their ${field}, at ${time} ${clockOf(trigger)}${year}`;
};

const byEvent = ({ event, where, updatedBy }: TriggerOf<'event'>): string => [
  `by the event ${named(event)}`, ...(where === undefined ? [] : [` where ${filtering(where)}`]),
  ...(updatedBy === undefined ? [] : [`, and ${listed(updatedBy.map(named))} may bring other attributes`]),
].join('');

const ways: { readonly [K in Trigger['kind']]: (trigger: TriggerOf<K>) => string } = {
  joins: ({ segment }) => `by joining ${named(segment)}`,
  event: byEvent,
  date: byDate,
  becomes: ({ when }) => `as soon as ${asking(when)}`,
  inactive: (trigger) => `after ${span(trigger.for)} without an open, a click or an event`,
  'hand-over': ({ from }) => `by being handed over from ${listed(from.map(named))}`,
};

/** What completes "people enter". */
export const entering = (trigger: Trigger): string => ways[trigger.kind](trigger as never);
