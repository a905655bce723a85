import * as z from 'zod';
import { EventFilter } from '../event/filter.ts';
import { EventName, FieldName, Name } from '../ids.ts';
import { Condition } from '../segment/condition.ts';
import { Instant } from '../time.ts';
import { Duration } from './duration.ts';
import { MessageDeclaration, Sender } from './settings.ts';

/**
 * A journey after its document was read, checked and made explicit: every step has an id and says where it leads. The
 * compiler, the handlers and the reports read this form; authors never write it.
 */

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

/** Local wall-clock time, `00:00` to `23:59`; `24:00` closes a range at midnight. */
export const WallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u);

/** Local wall-clock time of a moment, `00:00` to `23:59`. */
export const DayTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

/** `contact`, the zone of the contact's record, or an IANA name. */
export const Zone = z.string().min(1).max(60);

/** Where the clock is read: `fallbackZone` is for a contact whose record has no zone. */
const zoned = { zone: Zone, fallbackZone: Zone };

/**
 * What a wait does whose moment is past already, or that finds no moment: go on as if it had come; skip the send that
 * follows; end the run.
 */
export const Otherwise = z.enum(['go-on', 'skip', 'exit']);
export type Otherwise = z.infer<typeof Otherwise>;

/** A day of the month, or its last one. */
export const MonthDay = z.union([z.int().min(1).max(31), z.literal('last')]);
export type MonthDay = z.infer<typeof MonthDay>;

/** The name of a contact's field, or of an attribute of the event that a run began with. */
export const ValueName = z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/u);
export type ValueName = z.infer<typeof ValueName>;

/** Where a moment is read from. */
export const MomentSource = z.union([
  z.strictObject({ field: ValueName }),
  z.strictObject({ attribute: ValueName }),
]);
export type MomentSource = z.infer<typeof MomentSource>;

export const WaitRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('duration'), duration: Duration }),
  z.strictObject({
    rule: z.literal('window'),
    /** Empty: any day. */
    on: z.array(Weekday).readonly(),
    /** Absent: any day. Beside `on`, a day must be among both. */
    days: z.array(MonthDay).min(1).max(32).readonly().optional(),
    /** Half open, `[from, to)`. */
    from: WallTime,
    to: WallTime,
    ...zoned,
  }),
  z.strictObject({ rule: z.literal('instant'), at: Instant, ifPast: Otherwise }),
  z.strictObject({ rule: z.literal('local'), date: z.iso.date(), time: DayTime, ...zoned, ifPast: Otherwise }),
  z.strictObject({
    rule: z.literal('field'),
    from: MomentSource,
    side: z.enum(['before', 'after']),
    by: Duration,
    /** Absent: the time of day that the value itself has; midnight of a mere date. */
    time: DayTime.optional(),
    ...zoned,
    ifPast: Otherwise,
    ifMissing: Otherwise,
  }),
]);
export type WaitRule = z.infer<typeof WaitRule>;
export type WaitRuleOf<R extends WaitRule['rule']> = Extract<WaitRule, { rule: R }>;

const step = { id: Name, visits: z.int().min(1).max(1000) };

export const SendStep = z.strictObject({ ...step, kind: z.literal('send'), template: Name, next: Name });
export const WaitStep = z.strictObject({
  ...step,
  kind: z.literal('wait'),
  until: WaitRule,
  next: Name,
  /** Where the outcome `skipped` leads: past the send that follows. Absent where the wait never skips. */
  skipTo: Name.optional(),
});

export const Awaited = z.union([
  /** Without a link, any link of the mail. */
  z.strictObject({ type: z.literal('click'), link: Name.optional(), of: Name }),
  z.strictObject({ type: z.literal('open'), of: Name }),
  z.strictObject({ type: z.literal('bounce'), of: Name }),
  z.strictObject({ type: z.literal('api'), name: EventName, where: EventFilter.optional() }),
  z.strictObject({ type: z.literal('change'), field: FieldName }),
  z.strictObject({ type: z.literal('segment'), segment: Name, change: z.enum(['joined', 'left']) }),
  z.strictObject({ type: z.literal('passes'), when: Condition }),
]);
export type Awaited = z.infer<typeof Awaited>;

export const WaitForEventStep = z.strictObject({
  ...step,
  kind: z.literal('wait-for-event'),
  /** First match wins when several events are already in. `label` is the outcome that later branches read. */
  events: z.array(z.strictObject({ label: Name, on: Awaited, next: Name })).min(1).max(20).readonly(),
  within: Duration,
  /** Where the outcome `timeout` leads. */
  timeout: Name,
});

export const BranchStep = z.strictObject({
  ...step,
  kind: z.literal('branch'),
  /** Asked in this order; the first that holds wins. */
  choices: z.array(z.strictObject({ label: Name, when: Condition, next: Name })).min(1).max(50).readonly(),
  otherwise: Name,
  /** Where the outcome `missing` leads: a choice could not be decided before one held. Absent: such a choice does not hold. */
  missing: Name.optional(),
});

export const SplitStep = z.strictObject({
  ...step,
  kind: z.literal('split'),
  /** In percent of all contacts; together 100. */
  arms: z.array(z.strictObject({ label: Name, share: z.int().min(1).max(99), next: Name })).min(2).max(20).readonly(),
  /** Splits of one experiment send a contact the same way; absent: an experiment of this step alone. */
  experiment: Name.optional(),
});

/** Hands the contact over to another journey, and completes this one. */
export const HandOverStep = z.strictObject({ ...step, kind: z.literal('hand-over'), journey: Name });

export const GoToStep = z.strictObject({ ...step, kind: z.literal('go-to'), next: Name });
export const AddToSegmentStep = z.strictObject({ ...step, kind: z.literal('add-to-segment'), segment: Name, next: Name });
export const EndStep = z.strictObject({ ...step, kind: z.literal('end'), outcome: Name });

export const Step = z.discriminatedUnion('kind', [
  SendStep, WaitStep, WaitForEventStep, BranchStep, SplitStep, GoToStep, AddToSegmentStep, EndStep, HandOverStep,
]);
export type Step = z.infer<typeof Step>;
export type Kind = Step['kind'];
export type StepOf<K extends Kind> = Extract<Step, { kind: K }>;

/** Where the data that a trigger reads comes from, and why this use of it is allowed. */
const basis = { source: z.string().min(1).max(300), because: z.string().min(1).max(500) };

/** What enters a contact into the journey, beside a request for its list. */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({ ...basis, kind: z.literal('joins'), segment: Name }),
  z.strictObject({
    ...basis,
    kind: z.literal('event'),
    event: EventName,
    /** All of these hold of the event's attributes. */
    where: EventFilter.optional(),
    /** Events of the same key that replace the attributes of the run. */
    updatedBy: z.array(EventName).min(1).max(10).readonly().optional(),
  }),
  z.strictObject({
    ...basis,
    kind: z.literal('date'),
    field: ValueName,
    side: z.enum(['before', 'after']),
    by: Duration,
    time: DayTime,
    ...zoned,
    /** On each anniversary; `leapDay` is the day of a common year on which 29 February is kept. */
    yearly: z.strictObject({ leapDay: z.enum(['february-28', 'march-1']) }).optional(),
  }),
  z.strictObject({ ...basis, kind: z.literal('becomes'), when: Condition }),
  z.strictObject({ ...basis, kind: z.literal('inactive'), for: Duration }),
  z.strictObject({ ...basis, kind: z.literal('hand-over'), from: z.array(Name).min(1).max(20).readonly() }),
]);
export type Trigger = z.infer<typeof Trigger>;
export type TriggerOf<K extends Trigger['kind']> = Extract<Trigger, { kind: K }>;

/** How often a contact may enter: once, or once for each value of a key. */
export const Reentry = z.union([
  z.literal('never'),
  z.strictObject({
    oncePer: z.union([
      z.enum(['year', 'month']),
      z.strictObject({ field: ValueName }),
      z.strictObject({ attribute: ValueName }),
    ]),
  }),
]);
export type Reentry = z.infer<typeof Reentry>;

/** What ends a run at once, wherever it stands: a goal completes it, an exit does not. */
export const Exit = z.strictObject({
  label: Name,
  status: z.enum(['COMPLETED', 'EXITED']),
  /** One of the two. */
  when: Condition.optional(),
  event: EventName.optional(),
});
export type Exit = z.infer<typeof Exit>;

export const Plan = z.strictObject({
  journey: Name,
  title: z.string().min(1).max(200),
  /** 1, first, to 9, last: over other journeys and in the send queue. */
  priority: z.int().min(1).max(9),
  sender: Sender,
  message: MessageDeclaration,
  /** The segment whose members enter on request, and why this use of it is allowed; absent where there is no such list. */
  enter: z.strictObject({ segment: Name, because: z.string().min(1).max(500), source: basis.source.optional() }).optional(),
  reenter: Reentry,
  /** Whether a message that only time keeps back waits, or the run goes on without it; absent: it waits. */
  whenPutOff: z.enum(['defer', 'skip']).optional(),
  /** Mails carry an image of our own, so that their opening is known. */
  opens: z.literal(true).optional(),
  /** The share of contacts, in percent, who are measured and not sent to; journeys of one `as` hold out the same ones. */
  holdout: z.strictObject({ share: z.int().min(1).max(50), as: Name }).optional(),
  start: Name,
  /** By id, in the author's order. */
  steps: z.record(Name, Step),
  triggers: z.array(Trigger).min(1).max(20).readonly().optional(),
  exits: z.array(Exit).min(1).max(20).readonly().optional(),
});
export type Plan = z.infer<typeof Plan>;
