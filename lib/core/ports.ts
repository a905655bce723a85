import type { Enrolment, EnrolmentKey, Waiter } from './engine/enrolment.ts';
import type { ContactEvent } from './engine/event.ts';
import type { SendKey, SendRecord } from './engine/send.ts';
import type { Instant } from './time.ts';

/** What the domain asks of the outside. Each port has one implementation, over the AWS SDK, in lib/aws. */

export type Clock = { readonly now: () => Instant };

/** What came of a write: the row as it stands now, or, refused, the row that stood in the way. */
export type Written = { readonly done: true; readonly row: Enrolment } | { readonly done: false; readonly row: Enrolment | undefined };

export type Arrival = {
  readonly seq: number;
  readonly step: string;
  /** Value of `visited` for the step. */
  readonly visit: string;
  /** The visit that this one follows, where the step was visited on an earlier leg. */
  readonly after: string | undefined;
  /** Steps passed on the way that have no Task of their own. */
  readonly passed: readonly string[];
};

/** What an arrival may do in the same write. */
export type AlongWith =
  | { readonly kind: 'stay' }
  | {
    readonly kind: 'park'; readonly due: Instant; readonly resumeStep: string; readonly resumeOutcome: string;
    readonly nextLeg: number; readonly waiters: readonly Waiter[];
  }
  | { readonly kind: 'close'; readonly status: 'COMPLETED' | 'EXITED' | 'FAILED'; readonly ended: string; readonly at: Instant };

/** A parked wait ends by its due time or by an event; either way by one conditional write, so exactly one wins. */
export type ClaimedBy = { readonly due: true } | { readonly waiter: Waiter };

export type Due = { readonly contact: string; readonly enrolment: string; readonly seq: number };

export type EnrolmentStore = {
  /** True when the row is new; false when the entry was made before. */
  readonly enter: (enrolment: Enrolment) => Promise<boolean>;
  /** Puts a running enrolment at a step, and in the same write parks or closes it. */
  readonly arrive: (key: EnrolmentKey, arrival: Arrival, change: AlongWith) => Promise<Written>;
  readonly claim: (key: EnrolmentKey, seq: number, now: Instant, by: ClaimedBy) => Promise<Written>;
  /** Parks a send at itself; the leg stays. */
  readonly defer: (key: EnrolmentKey, seq: number, step: string, until: Instant) => Promise<Written>;
  readonly close: (
    key: EnrolmentKey, seq: number, end: { readonly status: 'COMPLETED' | 'FAILED'; readonly ended: string; readonly at: Instant },
  ) => Promise<Written>;
  /** Keeps the first label that a branch came to on this leg; `branch` is `<step>/<leg>`. */
  readonly label: (key: EnrolmentKey, seq: number, branch: string, label: string) => Promise<Written>;
  /** All enrolments of a contact, strongly consistent: a wait parked a moment ago is among them. */
  readonly ofContact: (contact: string) => Promise<readonly Enrolment[]>;
  /** Due rows of one partition of the index, oldest first, at most 1,000 a page. */
  readonly due: (
    partition: string, now: Instant, after?: Record<string, unknown>,
  ) => Promise<{ readonly due: readonly Due[]; readonly after: Record<string, unknown> | undefined }>;
};

export type EventLog = {
  /** False when this very event was recorded before. */
  readonly record: (contact: string, event: ContactEvent) => Promise<boolean>;
  /** The contact's events from an instant on, oldest first, strongly consistent. */
  readonly since: (contact: string, from: Instant) => Promise<readonly ContactEvent[]>;
};

export type Machines = {
  /** Starts the burst of the enrolment's present claim; starting it again is no change. */
  readonly start: (enrolment: Enrolment) => Promise<void>;
};

export type WorkQueue = {
  /** Messages are JSON of ids only. */
  readonly send: (messages: readonly unknown[]) => Promise<void>;
  /** About how many messages wait. */
  readonly depth: () => Promise<number>;
};

export type SendHistory = { readonly ofContact: (contact: string) => Promise<readonly SendRecord[]> };

/** What the mail service tells of a send later. Each is kept once; false where the send is unknown or settled. */
export type SendOutcomes = {
  readonly confirm: (key: SendKey, messageId: string, at: Instant) => Promise<boolean>;
  readonly delivered: (key: SendKey, at: Instant) => Promise<boolean>;
  readonly bounced: (key: SendKey, at: Instant) => Promise<boolean>;
};
