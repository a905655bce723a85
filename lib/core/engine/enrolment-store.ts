import type { Instant } from '../time.ts';
import type { CaughtUp } from './catch-up.ts';
import type { Enrolment, EnrolmentKey, MigrationEntry, Waiter } from './enrolment.ts';
import type { Place } from './move.ts';
import type { Reckoned } from './reckon.ts';
import type { Timer } from './timer.ts';

/** What the engine asks of the rows of enrolments; `lib/core/ports.ts` has what it asks of the rest of the outside. */

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
    /** The moment that the wait ends at, where it may be reckoned again. */
    readonly moment?: Instant | undefined;
  }
  /** Ends the burst at a wait that is over already, and claims the row for the next one, behind the wait. The leg stays. */
  | { readonly kind: 'go-on'; readonly resumeStep: string; readonly resumeOutcome: string; readonly at: Instant }
  /** Keeps a label on the row, unless one stands there by that name. */
  | { readonly kind: 'label'; readonly mark: string; readonly label: string }
  | { readonly kind: 'close'; readonly status: 'COMPLETED' | 'EXITED' | 'FAILED'; readonly ended: string; readonly at: Instant };

/**
 * A parked wait ends by its due time or by what it waits for; either way by one conditional write, so exactly one wins.
 * `seq` is that of the row which the answer was found for, `event` the key of the event that answers, where one does.
 */
export type ClaimedBy =
  | { readonly due: true }
  | {
    readonly seq: number; readonly waiter: Waiter; readonly event?: string | undefined;
    /** What the event says of the run's mails, kept in the same write. */
    readonly marks?: readonly string[];
  };

export type Due = {
  readonly contact: string; readonly enrolment: string;
  /** Absent on what was queued before the index told it. */
  readonly journey?: string | undefined;
};

/** Why a paused journey holds a run back: its time came, or an event that it waits for. */
export type HeldBy = ClaimedBy;

/** How a run is ended from outside. `withdrawal` names the withdrawal of permission that does. */
export type Ending = { readonly status: 'COMPLETED' | 'EXITED'; readonly ended: string; readonly at: Instant; readonly withdrawal?: string };

/** The attributes that a run began with, or that a later event of the same key brought: sealed as they came, under the event's key. */
export type RunFact = { readonly event: string; readonly at: Instant; readonly sealed: Uint8Array };

export type EnteredWith = {
  readonly fact?: RunFact | undefined;
  /** Whether those who react are told, since something may end the run at once. */
  readonly told?: boolean;
};

/** Attributes of runs. They are PHI, and stay sealed with the contact's data key. */
export type RunFacts = {
  readonly of: (key: EnrolmentKey) => Promise<RunFact | undefined>;
  /** Replaces those of an earlier event; false where they are as late already. */
  readonly replace: (key: EnrolmentKey, fact: RunFact) => Promise<boolean>;
};

export type EnrolmentStore = {
  /** True when the row is new; false when the entry was made before. What stands along is written with it or not at all. */
  readonly enter: (enrolment: Enrolment, along?: EnteredWith) => Promise<boolean>;
  /** Puts a running enrolment at a step, and in the same write parks or closes it. */
  readonly arrive: (key: EnrolmentKey, arrival: Arrival, change: AlongWith) => Promise<Written>;
  readonly claim: (key: EnrolmentKey, now: Instant, by: ClaimedBy) => Promise<Written>;
  /** Leaves a running enrolment to the burst that has it: sweeps pass it by until the burst's lease ends. */
  readonly leave: (run: Enrolment) => Promise<Written>;
  /** Keeps what the contact did with the run's mails; each mark once. */
  readonly engage: (key: EnrolmentKey, marks: readonly string[]) => Promise<void>;
  /** Sets a run of a paused journey apart; one whose time came may still be answered by an event. */
  readonly hold: (run: EnrolmentKey & Pick<Enrolment, 'journey'>, now: Instant, by: HeldBy) => Promise<Written>;
  /** Lets a held run go on at its time, or ends it, on the condition that it is held as `run` says. */
  readonly release: (run: Enrolment, to: CaughtUp, now: Instant) => Promise<Written>;
  /**
   * Moves a parked run to another version, on the condition that it stands as `run` says. The fence moves on with it, so
   * that nobody who read the old row resumes it the old way.
   */
  readonly move: (run: Enrolment, place: Place, entry: MigrationEntry) => Promise<Written>;
  /** Parks a send at itself; the leg stays. */
  readonly defer: (key: EnrolmentKey, seq: number, step: string, until: Instant) => Promise<Written>;
  /** Brings the end of a running burst's lease forward, or back. */
  readonly retryAt: (key: EnrolmentKey, seq: number, at: Instant) => Promise<Written>;
  readonly close: (
    key: EnrolmentKey, seq: number, end: { readonly status: 'COMPLETED' | 'FAILED'; readonly ended: string; readonly at: Instant },
  ) => Promise<Written>;
  /** Ends an active enrolment wherever it stands, also in the middle of a wait, and fences off a burst that is under way. */
  readonly exit: (key: EnrolmentKey, seq: number, end: Ending) => Promise<Written>;
  /**
   * Moves the end of a wait, or ends the run in it, on the condition that it is parked and reckoned as `row` says; a
   * `row` that waits on a value is marked as reckoned again in any case.
   */
  readonly moveWait: (row: Enrolment, to: Reckoned, now: Instant) => Promise<Written>;
  /** Keeps the first label that a branch came to on this leg; `branch` is `<step>/<leg>`. */
  readonly label: (key: EnrolmentKey, seq: number, branch: string, label: string) => Promise<Written>;
  /** Strongly consistent. */
  readonly get: (key: EnrolmentKey) => Promise<Enrolment | undefined>;
  /** All enrolments of a contact, strongly consistent: a wait parked a moment ago is among them. */
  readonly ofContact: (contact: string) => Promise<readonly Enrolment[]>;
  /** Due rows of one partition of the index, runs and timers, oldest first, at most 1,000 a page. */
  readonly due: (
    partition: string, now: Instant, after?: Record<string, unknown>,
  ) => Promise<{ readonly due: readonly Due[]; readonly timers: readonly Timer[]; readonly after: Record<string, unknown> | undefined }>;
  /**
   * Whoever stands in one partition of the index, due or not; with `of` those of a version alone. A page may be short or
   * empty; there are more until `after` is undefined.
   */
  readonly standing: (
    partition: string, of: { readonly journey: string; readonly version: number } | undefined, after?: Record<string, unknown>,
  ) => Promise<{ readonly runs: readonly Due[]; readonly after: Record<string, unknown> | undefined }>;
};
