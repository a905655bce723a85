import type { Plan, Step, Trigger } from '../journey/plan.ts';
import { fieldOf, readsZone } from '../journey/waits.ts';
import type { Condition, Leaf } from '../segment/condition.ts';
import { fieldsOf, leavesOf, mailIn, segmentsIn, testsOf } from '../segment/needs.ts';
import type { ContactEvent } from './event.ts';

/**
 * What published segments and journeys react to, by name. The list only grows, so that a journey which is not in the app
 * any more is heard as long as somebody is in it.
 */
export type Watched = ReadonlySet<string>;

export const watch = {
  /** A field, `age`, or `zone`, that a condition or a date reads. */
  field: (name: string) => `field:${name}`,
  /** A field, or `zone`, that the end of a wait is reckoned from, or whose change ends one. */
  wait: (name: string) => `wait:${name}`,
  segment: (name: string) => `segment:${name}`,
  event: (name: string) => `event:${name}`,
  mail: (type: 'click' | 'open' | 'bounce') => `mail:${type}`,
  /** A contact that comes into being. */
  created: 'created',
} as const;

const mailOf = (leaf: Leaf): 'click' | 'open' | 'bounce' => {
  if ('opened' in leaf) return 'open';
  return 'clicked' in leaf ? 'click' : 'bounce';
};

const isTimedLeaf = (leaf: Leaf): boolean => {
  if ('event' in leaf) return leaf.within !== undefined || (leaf.where !== undefined && testsOf(leaf.where).some(({ test }) => isTimedLeaf(test)));
  if ('inLast' in leaf || 'inNext' in leaf || 'olderThan' in leaf) return true;
  return ('field' in leaf && leaf.field === 'age') || mailIn(leaf)?.within !== undefined;
};

/** Whether time alone may change what a condition comes to. */
export const isTimed = (condition: Condition): boolean => leavesOf(condition).some(({ leaf }) => isTimedLeaf(leaf));

/** What a condition reacts to; days are counted on the contact's calendar. */
const byCondition = (condition: Condition): readonly string[] => [
  ...fieldsOf(condition).map(watch.field),
  ...segmentsIn(condition).map(watch.segment),
  ...leavesOf(condition).flatMap(({ leaf }) => {
    if ('event' in leaf) return [watch.event(leaf.event)];
    return mailIn(leaf) === undefined ? [] : [watch.mail(mailOf(leaf))];
  }),
  ...(isTimed(condition) ? [watch.field('zone')] : []),
];

const byTrigger: { readonly [K in Trigger['kind']]: (trigger: Extract<Trigger, { kind: K }>) => readonly string[] } = {
  joins: ({ segment }) => [watch.segment(segment)],
  event: ({ event, updatedBy = [] }) => [event, ...updatedBy].map(watch.event),
  date: ({ field }) => [watch.created, watch.field(field), watch.field('zone')],
  becomes: ({ when }) => [watch.created, ...byCondition(when)],
  inactive: () => [watch.created],
  'hand-over': () => [],
};

const byStep = (step: Step): readonly string[] => {
  if (step.kind === 'wait') {
    const field = fieldOf(step.until);
    return [...(field === undefined ? [] : [watch.wait(field)]), ...(readsZone(step) ? [watch.wait('zone')] : [])];
  }
  if (step.kind !== 'wait-for-event') return [];
  return [
    ...(readsZone(step) ? [watch.wait('zone')] : []),
    ...step.events.flatMap(({ on }) => {
      if (on.type === 'change') return [watch.wait(on.field)];
      if (on.type === 'segment') return [watch.segment(on.segment)];
      return on.type === 'passes' ? byCondition(on.when) : [];
    }),
  ];
};

/** What a version of a journey reacts to. */
export const watchedByPlan = ({ triggers = [], exits = [], steps }: Pick<Plan, 'triggers' | 'exits' | 'steps'>): readonly string[] => [
  ...triggers.flatMap((trigger) => byTrigger[trigger.kind](trigger as never)),
  ...exits.flatMap(({ when, event }) => [...(when === undefined ? [] : byCondition(when)), ...(event === undefined ? [] : [watch.event(event)])]),
  ...Object.values(steps).flatMap(byStep),
];

/** What a segment that selects reacts to; one that time moves people in and out of is told of new contacts. */
export const watchedBySegment = (where: Condition): readonly string[] =>
  [...byCondition(where), ...(isTimed(where) ? [watch.created] : [])];

/** What an event is watched as; undefined for one that nothing can react to by this. */
export const watchOf = (event: ContactEvent): string | undefined => {
  if (event.type === 'api') return watch.event(event.name);
  if (event.type === 'bounce') return watch.mail('bounce');
  if (event.type !== 'click' && event.type !== 'open') return undefined;
  return event.automated ? undefined : watch.mail(event.type);
};

const segmentPrefix = watch.segment('');

/** The segments among the names that are watched. */
export const segmentsWatched = (names: readonly string[]): readonly string[] =>
  names.filter((name) => name.startsWith(segmentPrefix)).map((name) => name.slice(segmentPrefix.length));
