import type { Name } from '../ids.ts';
import type { AttributeCondition, AttributeFilter, Condition, Leaf } from './condition.ts';

/** A condition that holds no other, and where it stands: `all[1].not` below the path that was asked about. */
export type Place = { readonly leaf: Leaf; readonly path: string };

const within = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The conditions that a condition is made of, each with its path. */
export const leavesOf = (condition: Condition, path = ''): readonly Place[] => {
  if ('not' in condition) return leavesOf(condition.not, within(path, 'not'));
  if ('all' in condition) return condition.all.flatMap((one, index) => leavesOf(one, `${within(path, 'all')}[${index}]`));
  if ('any' in condition) return condition.any.flatMap((one, index) => leavesOf(one, `${within(path, 'any')}[${index}]`));
  return [{ leaf: condition, path }];
};

const leaves = (condition: Condition): readonly Leaf[] => leavesOf(condition).map(({ leaf }) => leaf);

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** The fields of the contact that a condition reads. */
export const fieldsOf = (condition: Condition): readonly string[] =>
  unique(leaves(condition).flatMap((leaf) => ('field' in leaf ? [leaf.field] : [])));

/** The segments that a condition names. */
export const segmentsIn = (condition: Condition): readonly Name[] =>
  unique(leaves(condition).flatMap((leaf) => ('segment' in leaf ? [leaf.segment] : [])));

/** What a condition asks about mail. */
export type MailAsked = {
  readonly of?: Name | undefined; readonly link?: Name | undefined; readonly journey?: Name | undefined; readonly within?: string | undefined;
};

/** What a condition on engagement asks; undefined for another. */
export const mailIn = (leaf: Leaf): MailAsked | undefined => {
  if ('opened' in leaf) return leaf.opened;
  if ('clicked' in leaf) return leaf.clicked;
  return 'bounced' in leaf ? leaf.bounced : undefined;
};

export type Needs = {
  /** The contact's record, which takes one decryption. */
  readonly record: boolean;
  /** The contact's zone alone, which takes none: days are counted on its calendar. */
  readonly zone: boolean;
  readonly segments: boolean;
  readonly events: boolean;
  /** The journeys of the contact's other enrolments. */
  readonly journeys: boolean;
  /** Attributes of the run, or of its last event. */
  readonly attributes: boolean;
  /** The API events whose attributes are read. */
  readonly attributesOf: readonly string[];
};

/** What must be read before conditions can be judged. */
export const needsOf = (...conditions: readonly Condition[]): Needs => {
  const all = conditions.flatMap(leaves);
  return {
    record: all.some((leaf) => 'field' in leaf),
    zone: all.some((leaf) => mailIn(leaf)?.within !== undefined || 'event' in leaf || 'attribute' in leaf),
    segments: all.some((leaf) => 'segment' in leaf),
    events: all.some((leaf) => mailIn(leaf) !== undefined || 'event' in leaf),
    journeys: all.some((leaf) => mailIn(leaf)?.journey !== undefined),
    attributes: all.some((leaf) => 'attribute' in leaf),
    attributesOf: unique(all.flatMap((leaf) => ('event' in leaf && leaf.where !== undefined ? [leaf.event] : []))),
  };
};

/** A test on an attribute of an event, and where it stands below the filter: `[1]`, or at it. */
export type FilterTest = { readonly test: AttributeCondition; readonly path: string };

/** The tests that a filter on attributes is made of. */
export const testsOf = (filter: AttributeFilter): readonly FilterTest[] =>
  ('attribute' in filter ? [{ test: filter, path: '' }] : filter.map((test, index) => ({ test, path: `[${index}]` })));

const isMissable = (leaf: Leaf): boolean => {
  if ('event' in leaf) return leaf.where !== undefined && testsOf(leaf.where).some(({ test }) => !('exists' in test));
  return ('field' in leaf || 'attribute' in leaf) && !('exists' in leaf);
};

/** Whether a condition can come to `missing`, whatever the contact. */
export const canBeMissing = (condition: Condition): boolean => leaves(condition).some(isMissable);
