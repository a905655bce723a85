import * as z from 'zod';
import { Name } from '../ids.ts';

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
const FieldName = z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/u);

/** One test on a field of the contact; a missing value never matches. */
export const FieldCondition = z.union([
  z.strictObject({ field: FieldName, equals: Scalar }),
  z.strictObject({ field: FieldName, oneOf: z.array(Scalar).min(1).max(100).readonly() }),
  z.strictObject({ field: FieldName, atLeast: z.number() }),
  z.strictObject({ field: FieldName, atMost: z.number() }),
  /** For fields that hold a list. */
  z.strictObject({ field: FieldName, includes: Scalar }),
  z.strictObject({ field: FieldName, includesAny: z.array(Scalar).min(1).max(100).readonly() }),
]);
export type FieldCondition = z.infer<typeof FieldCondition>;

/** The outcome of the event wait before. */
export const OutcomeCondition = z.strictObject({ outcome: Name });
export type OutcomeCondition = z.infer<typeof OutcomeCondition>;

export const Condition = z.union([OutcomeCondition, FieldCondition]);
export type Condition = z.infer<typeof Condition>;

export const readsOutcome = (condition: Condition): condition is OutcomeCondition => 'outcome' in condition;

/** What a condition may read: a field's value, or undefined where the record has none. */
export type FieldReader = (field: string) => unknown;

/** Whether a field condition holds. A missing value, or one of another type than the test wants, does not match. */
export const holds = (condition: FieldCondition, read: FieldReader): boolean => {
  const value = read(condition.field);
  if ('equals' in condition) return value === condition.equals;
  if ('oneOf' in condition) return condition.oneOf.some((candidate) => candidate === value);
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast;
  if ('atMost' in condition) return typeof value === 'number' && value <= condition.atMost;
  if (!Array.isArray(value)) return false;
  if ('includesAny' in condition) return condition.includesAny.some((candidate) => value.includes(candidate));
  return value.includes(condition.includes);
};
