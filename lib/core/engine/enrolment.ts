import * as z from 'zod';
import { ContactId, EnrolmentId, EventName, FieldName, Name, SegmentId } from '../ids.ts';
import { groups } from '../journey/assign.ts';
import { Instant } from '../time.ts';
import type { Payload } from './payload.ts';

const way = { label: Name, next: Name };

/**
 * An event that a parked enrolment waits for, and where it leads. What an author compares values with stays in the plan:
 * a filter on attributes, and the condition of `passes`, are found there by step and label.
 */
export const Waiter = z.discriminatedUnion('type', [
  /** Without a link, any link of the mail. */
  z.strictObject({ type: z.literal('click'), link: Name.optional(), of: Name, ...way }),
  z.strictObject({ type: z.literal('open'), of: Name, ...way }),
  z.strictObject({ type: z.literal('bounce'), of: Name, ...way }),
  z.strictObject({ type: z.literal('api'), name: EventName, filtered: z.literal(true).optional(), ...way }),
  z.strictObject({ type: z.literal('change'), field: FieldName, ...way }),
  z.strictObject({ type: z.literal('segment'), segment: SegmentId, change: z.enum(['joined', 'left']), ...way }),
  z.strictObject({ type: z.literal('passes'), ...way }),
]);
export type Waiter = z.infer<typeof Waiter>;

export const Status = z.enum(['RUNNING', 'PARKED', 'COMPLETED', 'EXITED', 'FAILED']);
export type Status = z.infer<typeof Status>;

/**
 * Why a paused journey holds a run: its time came (`due`), an event came that it waited for (`event`), or it entered
 * meanwhile (`entry`). A held run stands in a partition of its own and nobody claims it until the journey is resumed.
 */
export const Held = z.enum(['due', 'event', 'entry']);
export type Held = z.infer<typeof Held>;

export const isActive = (status: Status): boolean => status === 'RUNNING' || status === 'PARKED';

/**
 * One contact's way through one version of a journey. The row is the truth; an execution is only a burst along it.
 * No PHI: ids, steps, counters, instants.
 */
export const Enrolment = z.object({
  contact: ContactId,
  enrolment: EnrolmentId,
  journey: Name,
  version: z.int().min(1),
  status: Status,
  /** The step the contact stands at. */
  step: Name,
  /** Grows with each claim; the fence against a burst whose lease has passed on. */
  seq: z.int().min(0),
  /** Grows with each wait that was lived through; part of the key of a send. */
  leg: z.int().min(0),
  /** `leg` of the next burst: one more behind a wait, the same behind a crash or a deferred send. */
  nextLeg: z.int().min(0),
  /** `seq` when the last burst that came to a wait ended; `seq - legSeq` bursts were tried since. */
  legSeq: z.int().min(-1),
  /** Where the next burst starts when `due` comes, and with which outcome. */
  resumeStep: Name,
  resumeOutcome: Name,
  /** While parked the end of the wait; while running the end of the lease, or what has come due where `lease` tells that. */
  due: Instant.optional(),
  /**
   * The end of the lease of a burst that a due time began. The row keeps its place on the due index meanwhile, since a
   * move there costs two writes; a sweep that finds it still running moves it.
   */
  lease: Instant.optional(),
  waiters: z.array(Waiter).optional(),
  /**
   * At a wait whose moment may change: the moment as it was last reckoned, and how often it was reckoned again, which
   * fences off an older reading of the record. Without a moment where the value is missing.
   */
  waitsOn: z.strictObject({ moment: Instant.optional(), turn: z.int().min(0) }).optional(),
  held: Held.optional(),
  /** Moves to other versions, oldest first: which migration, and the step that the run stood at. */
  migrations: z.array(z.strictObject({
    id: z.string(), from: z.int().min(1), to: z.int().min(1), at: Instant, step: Name,
  })).optional(),
  /** Key of the event that ended the last event wait; none where the time ran out, or a condition came true. */
  wokenBy: z.string().optional(),
  /** By step: `<leg>/<visits so far>/<instant>` of the last visit. */
  visited: z.record(z.string(), z.string()),
  /**
   * Labels of branches on contact data, by `<step>/<leg>`: a repeated burst takes the same way. Those of splits by
   * {@link armMark}.
   */
  labels: z.record(z.string(), Name).default({}),
  /** Whether the contact is sent to, in a journey that holds some out. */
  group: z.enum(groups).optional(),
  /** What the contact did with the mails of this run; {@link newMarks}. */
  engaged: z.set(z.string()).optional(),
  enteredAt: Instant,
  endedAt: Instant.optional(),
  /**
   * The outcome of the `end` step, `loop`, `moment-past` or `value-missing` where a wait ended it, or the code of the
   * failure or of the denial that ended it.
   */
  ended: z.string().optional(),
  /** The withdrawal of permission that ended it. */
  withdrawal: z.string().optional(),
});
export type Enrolment = z.infer<typeof Enrolment>;

export type MigrationEntry = NonNullable<Enrolment['migrations']>[number];

export type EnrolmentKey = Readonly<Pick<Enrolment, 'contact' | 'enrolment'>>;

/** Longer than the 600 seconds after which a machine times out, so no two bursts of one enrolment overlap for long. */
export const leaseSeconds = 900;

/** After this many bursts without reaching the next wait an enrolment fails with `stalled`. */
export const triesPerLeg = 5;

/** Partitions of the due index: each takes 1,000 writes a second, far more in sum than a mail service sends. */
export const dueShards = 16;

/** A stable shard for an opaque id; its last characters are evenly spread. */
export const shardOf = (id: string, shards: number): number =>
  Array.from(id.slice(-4)).reduce((sum, character) => sum * 32 + (character.codePointAt(0) ?? 0), 0) % shards;

export const duePartitionOf = (shard: number): string => `due#${shard}`;

export const duePartition = (enrolment: string): string => duePartitionOf(shardOf(enrolment, dueShards));

/** Where a paused journey's held runs stand in the due index; the sweeper does not look there. */
export const heldPartitionOf = (journey: string, shard: number): string => `held#${journey}#${shard}`;

export const heldPartition = ({ journey, enrolment }: Pick<Enrolment, 'journey' | 'enrolment'>): string =>
  heldPartitionOf(journey, shardOf(enrolment, dueShards));

export type Visit = { readonly leg: number; readonly count: number; readonly at: Instant };

export const writeVisit = ({ leg, count, at }: Visit): string => `${leg}/${count}/${at}`;

export const readVisit = (text: string): Visit => {
  const [leg, count, at] = text.split('/');
  return { leg: Number(leg), count: Number(count), at: Instant.parse(at) };
};

/** The instant from which an event counts for a wait: when the contact set out on this leg. */
export const legBegan = (enrolment: Enrolment): Instant =>
  Object.values(enrolment.visited)
    .map(readVisit)
    .filter((visit) => visit.leg === enrolment.leg)
    .map((visit) => visit.at)
    .sort()[0] ?? enrolment.enteredAt;

/** The state that a burst starts from. */
export const burstOf = (enrolment: Enrolment): Payload => ({
  contact: enrolment.contact,
  enrolment: enrolment.enrolment,
  step: enrolment.resumeStep,
  outcome: enrolment.resumeOutcome,
  seq: enrolment.seq,
  leg: enrolment.leg,
});

const armPrefix = 'arm/';

/** Under which the label of a split stands among the labels; no branch has a name like it, for legs are numbers. */
export const armMark = (step: string): string => `${armPrefix}${step}`;

/** The arms that the contact went, each as `<step>/<label>`. */
export const armsOf = ({ labels }: Pick<Enrolment, 'labels'>): readonly string[] =>
  Object.entries(labels).flatMap(([mark, label]) => {
    const step = mark.startsWith(armPrefix) ? mark.slice(armPrefix.length) : '';
    return /^[a-z]/u.test(step) ? [`${step}/${label}`] : [];
  });
