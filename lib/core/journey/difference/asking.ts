import type { EventFilter } from '../../event/filter.ts';
import type { AttributeCondition, Condition, EngagementCondition, EventCondition } from '../../segment/condition.ts';
import { named, written } from './words.ts';

type Tests = Readonly<Record<string, unknown>>;

const several = (value: unknown): string => (Array.isArray(value) ? value.map(written).join(', ') : written(value));

/** What completes "their age", by the key of the test. */
const tests: Readonly<Record<string, (value: unknown) => string>> = {
  equals: (value) => `is ${written(value)}`,
  oneOf: (value) => `is one of ${several(value)}`,
  atLeast: (value) => `is at least ${written(value)}`,
  atMost: (value) => `is at most ${written(value)}`,
  includes: (value) => `includes ${written(value)}`,
  includesAny: (value) => `includes one of ${several(value)}`,
  exists: (value) => (value === true ? 'is known' : 'is not known'),
  inLast: (value) => `is in the last ${String(value)}`,
  inNext: (value) => `is in the next ${String(value)}`,
  olderThan: (value) => `is more than ${String(value)} ago`,
  before: (value) => `is before ${String(value)}`,
  after: (value) => `is after ${String(value)}`,
};

const tested = (owner: string, { field, attribute, ...asked }: Tests): string =>
  `${owner} ${String(field ?? attribute)} ${Object.entries(asked).map(([key, value]) => tests[key]?.(value) ?? `${key} ${written(value)}`).join(' and ')}`;

/** Tests on the attributes of one event. */
export const filtering = (where: EventFilter | AttributeCondition): string =>
  [where].flat().map((test: AttributeCondition) => tested('its', test)).join(' and ');

const happened = ({ event, within, where }: EventCondition): string => [
  `${named(event)} came`, ...(within === undefined ? [] : [`within ${within}`]), ...(where === undefined ? [] : [`where ${filtering(where as EventFilter)}`]),
].join(' ');

type About = { readonly of?: string; readonly journey?: string; readonly within?: string; readonly link?: string };

const mailed = (condition: EngagementCondition): string => {
  const [[deed, { of, journey, within, link }] = ['', {}]] = Object.entries(condition) as [string, About][];
  return [
    ...(link === undefined ? [] : [`the link ${named(link)} of`]), of === undefined ? 'a mail' : `the mail ${named(of)}`,
    ...(journey === undefined ? [] : [`of ${named(journey)}`]), `was ${deed}`, ...(within === undefined ? [] : [`within ${within}`]),
  ].join(' ');
};

const isGroup = (condition: Condition): boolean => 'all' in condition || 'any' in condition;

const inner = (condition: Condition): string => (isGroup(condition) ? `(${asking(condition)})` : asking(condition));

/** A condition as part of a sentence about people: `their age is at most 17 and they are in \`members\``. */
export const asking = (condition: Condition): string => {
  if ('all' in condition) return condition.all.map(inner).join(' and ');
  if ('any' in condition) return condition.any.map(inner).join(' or ');
  if ('not' in condition) return `it is not so that ${inner(condition.not)}`;
  if ('outcome' in condition) return `the outcome is ${named(condition.outcome)}`;
  if ('segment' in condition) return `they are in ${named(condition.segment)}`;
  if ('event' in condition) return happened(condition);
  if ('field' in condition) return tested('their', condition);
  if ('attribute' in condition) return tested('the attribute', condition);
  return mailed(condition);
};
