import * as z from 'zod';
import { EventName, Name } from '../ids.ts';
import { DurationText } from '../journey/duration.ts';

/**
 * What segments, branches, waits, triggers and exits ask of a contact. docs/conditions.md has an example of each form.
 */

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
const FieldName = z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/u);
const Several = z.array(Scalar).min(1).max(100).readonly();

const field = { field: FieldName };
const attribute = { attribute: FieldName };

const equals = { equals: Scalar };
const oneOf = { oneOf: Several };
const atLeast = { atLeast: z.number() };
const atMost = { atMost: z.number() };
/** For values that are a list. */
const includes = { includes: Scalar };
const includesAny = { includesAny: Several };
/** Whether there is a value at all; the one test that is never missing. */
const exists = { exists: z.boolean() };
/** For dates and instants; today, on the contact's calendar, is in the last days and in the next. */
const inLast = { inLast: DurationText };
const inNext = { inNext: DurationText };
const olderThan = { olderThan: DurationText };
/** The day itself is neither before nor after. */
const before = { before: z.iso.date() };
const after = { after: z.iso.date() };

/** One test on a field of the contact. */
export const FieldCondition = z.union([
  z.strictObject({ ...field, ...equals }), z.strictObject({ ...field, ...oneOf }),
  z.strictObject({ ...field, ...atLeast }), z.strictObject({ ...field, ...atMost }),
  z.strictObject({ ...field, ...includes }), z.strictObject({ ...field, ...includesAny }),
  z.strictObject({ ...field, ...exists }),
  z.strictObject({ ...field, ...inLast }), z.strictObject({ ...field, ...inNext }), z.strictObject({ ...field, ...olderThan }),
  z.strictObject({ ...field, ...before }), z.strictObject({ ...field, ...after }),
]);
export type FieldCondition = z.infer<typeof FieldCondition>;

/** One test on an attribute of the event that woke the last wait, else of the event that entered the contact. */
export const AttributeCondition = z.union([
  z.strictObject({ ...attribute, ...equals }), z.strictObject({ ...attribute, ...oneOf }),
  z.strictObject({ ...attribute, ...atLeast }), z.strictObject({ ...attribute, ...atMost }),
  z.strictObject({ ...attribute, ...exists }),
  z.strictObject({ ...attribute, ...inLast }), z.strictObject({ ...attribute, ...inNext }),
  z.strictObject({ ...attribute, ...olderThan }),
  z.strictObject({ ...attribute, ...before }), z.strictObject({ ...attribute, ...after }),
]);
export type AttributeCondition = z.infer<typeof AttributeCondition>;

/** One test on a value. */
export type ValueTest = FieldCondition | AttributeCondition;

/** The outcome of the event wait before. */
export const OutcomeCondition = z.strictObject({ outcome: Name });
export type OutcomeCondition = z.infer<typeof OutcomeCondition>;

/** Being a member of a segment. */
export const MembershipCondition = z.strictObject({ segment: Name });
export type MembershipCondition = z.infer<typeof MembershipCondition>;

const mail = {
  /** The send step of the mail: of this run, or of any run of `journey`. */
  of: Name.optional(),
  journey: Name.optional(),
  within: DurationText.optional(),
};

/** What became of mail; scanners' opens and clicks do not count. */
export const EngagementCondition = z.union([
  z.strictObject({ opened: z.strictObject(mail) }),
  z.strictObject({ clicked: z.strictObject({ ...mail, link: Name.optional() }) }),
  z.strictObject({ bounced: z.strictObject(mail) }),
]);
export type EngagementCondition = z.infer<typeof EngagementCondition>;

/** Which events of a name are meant: one test on an attribute of the event, or several that all hold. */
export const AttributeFilter = z.union([AttributeCondition, z.array(AttributeCondition).min(1).max(10).readonly()]);
export type AttributeFilter = z.infer<typeof AttributeFilter>;

/** An event reported through the API. */
export const EventCondition = z.strictObject({
  event: EventName,
  within: DurationText.optional(),
  where: AttributeFilter.optional(),
});
export type EventCondition = z.infer<typeof EventCondition>;

/** A condition that holds no other. */
export type Leaf =
  | OutcomeCondition | FieldCondition | MembershipCondition | EngagementCondition | EventCondition | AttributeCondition;

export type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** How deep `all`, `any` and `not` may stand in one another. */
const deepest = 6;

const innerOf = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { all, any, not } = value as Readonly<Record<string, unknown>>;
  return [all, any, not].flatMap((inner) => inner ?? []);
};

const isTooDeep = (value: unknown, level = 0): boolean =>
  level > deepest || innerOf(value).some((inner) => isTooDeep(inner, level + 1));

const Inner: z.ZodType<Condition> = z.lazy(() => Form);
const Group = z.array(Inner).min(1).max(20).readonly();

const Form: z.ZodType<Condition> = z.union([
  OutcomeCondition, FieldCondition, MembershipCondition, EngagementCondition, EventCondition, AttributeCondition,
  z.strictObject({ all: Group }), z.strictObject({ any: Group }), z.strictObject({ not: Inner }),
]).meta({ id: 'Condition' });

export const Condition = z.preprocess((value, context) => {
  if (!isTooDeep(value)) return value;
  context.issues.push({ code: 'custom', input: value, message: `conditions stand in one another ${deepest} deep at most` });
  return z.NEVER;
}, Form);

export const readsOutcome = (condition: Condition): condition is OutcomeCondition => 'outcome' in condition;

/** What a condition may read: a field's value, or undefined where the record has none. */
export type FieldReader = (field: string) => unknown;
