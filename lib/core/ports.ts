import type { Enrolment, EnrolmentKey, MigrationEntry, Waiter } from './engine/enrolment.ts';
import type { KeptTally, Migration } from './engine/migration.ts';
import type { Place } from './engine/move.ts';
import type { ContactEvent } from './engine/event.ts';
import type { CaughtUp } from './engine/catch-up.ts';
import type { Reckoned } from './engine/reckon.ts';
import type { Timer } from './engine/timer.ts';
import type { Watched } from './engine/watch.ts';
import type { EventDefinition } from './event/definition.ts';
import type { SendGate } from './contact/store.ts';
import type { Plan } from './journey/plan.ts';
import type { Sender } from './journey/settings.ts';
import type { EventName, Name, SegmentId } from './ids.ts';
import type { Phi } from './phi.ts';
import type { PublishedSegment } from './segment/segment.ts';
import type { Template } from './template/template.ts';
import type { StreamFigures } from './engine/stream.ts';
import type { Deltas } from './engine/counts.ts';
import type { JourneyState, Mark, Resumption, VersionMark } from './engine/journey-state.ts';
import type { SendKey, SendRecord } from './engine/send.ts';
import type { FollowUp } from './engine/follow-up.ts';
import type { Withdrawal, WithdrawalKey } from './engine/withdrawal.ts';
import type { ContactId } from './ids.ts';
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

/** What was known of the conditions that triggers watch, by the opaque id of the trigger for the contact. */
export type TriggerStates = {
  readonly of: (contact: string) => Promise<ReadonlyMap<string, boolean>>;
  readonly keep: (contact: string, trigger: string, holds: boolean) => Promise<void>;
};

/** What anything published reacts to. A list that is read may be a minute old. */
export type WatchList = {
  readonly all: () => Promise<Watched>;
  readonly add: (names: readonly string[]) => Promise<void>;
};

/** A journey that takes entries by triggers, in its latest published version. */
export type OpenJourney = { readonly plan: Plan; readonly version: number };

/** The journeys that take entries. A list that is read may be a minute old. */
export type OpenJourneys = { readonly all: () => Promise<readonly OpenJourney[]> };

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

/** Moments at which something about a contact is to be looked at again. They stand on the due index, like parked runs. */
export type TimerStore = {
  /** Sets a timer, or moves the one of this kind and name. */
  readonly set: (timer: Timer) => Promise<void>;
  /** Takes a timer off, unless it was moved meanwhile. */
  readonly clear: (timer: Timer) => Promise<void>;
  /** The contact's timers that are set, strongly consistent. */
  readonly ofContact: (contact: string) => Promise<readonly Timer[]>;
};

export type EventLog = {
  /** False when this very event was recorded before. */
  readonly record: (contact: string, event: ContactEvent) => Promise<boolean>;
  /** The contact's events from an instant on, oldest first, strongly consistent. */
  readonly since: (contact: string, from: Instant) => Promise<readonly ContactEvent[]>;
  /** The event of a key, strongly consistent; undefined where it is not kept any more. */
  readonly get: (contact: string, key: string) => Promise<ContactEvent | undefined>;
};

export type Machines = {
  /** Starts the burst of the enrolment's present claim; starting it again is no change. */
  readonly start: (enrolment: Enrolment) => Promise<void>;
};

export type WorkQueue = {
  /** Messages are JSON of ids only; they are seen after `delaySeconds`, at most 900. Default 0. */
  readonly send: (messages: readonly unknown[], delaySeconds?: number) => Promise<void>;
  /** About how many messages wait. */
  readonly depth: () => Promise<number>;
};

export type SendHistory = { readonly ofContact: (contact: string) => Promise<readonly SendRecord[]> };

/** A mail that the mail service took, and when. */
export type Taken = { readonly messageId: string; readonly takenAt: Instant };

/**
 * What the mail service tells of a send later. Each is kept once; false where the send is unknown, or not one that left.
 * Whatever became of a mail, it was taken: the same write settles a send of which nobody could say so.
 */
export type SendOutcomes = {
  /** The mail is still on its way. */
  readonly taken: (key: SendKey, mail: Taken) => Promise<boolean>;
  readonly delivered: (key: SendKey, mail: Taken, at: Instant) => Promise<boolean>;
  readonly bounced: (key: SendKey, mail: Taken, at: Instant) => Promise<boolean>;
  readonly complained: (key: SendKey, mail: Taken, at: Instant) => Promise<boolean>;
};

/** What came of a reservation: made, the send was decided before, or the contact's consent moved on meanwhile. */
export type Reservation =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'decided-before'; readonly record: SendRecord }
  | { readonly kind: 'consent-moved' };

export type SendLedger = {
  /**
   * Decision and send gate in one write: it holds only while the gate still has the version that was read. A record that
   * is DEFERRED keeps a deferral, once for each burst; any other reserves the send.
   */
  readonly reserve: (record: SendRecord, gate: SendGate) => Promise<Reservation>;
  /** Keeps a refusal, unless this send was decided before; gives what stands. */
  readonly refuse: (record: SendRecord) => Promise<SendRecord>;
  /** What stands of a send, strongly consistent. */
  readonly find: (key: SendKey) => Promise<SendRecord | undefined>;
  readonly confirm: (key: SendKey, messageId: string, at: Instant) => Promise<boolean>;
  /** Nobody can say whether the mail left; only the mail service's own event settles it. */
  readonly lose: (key: SendKey) => Promise<boolean>;
  /** The mail service certainly did not take the mail now; the same send may be reserved again. */
  readonly release: (key: SendKey) => Promise<boolean>;
  /** The mail service certainly did not take the mail, and never will. */
  readonly reject: (key: SendKey) => Promise<boolean>;
};

export type Mail = {
  readonly to: Phi<string>;
  readonly sender: Sender;
  readonly content: Phi<{ readonly subject: string; readonly text: string; readonly html: string }>;
  /** The URL that unsubscribes on POST, RFC 8058, or undefined where the message is not commercial. */
  readonly unsubscribe: string | undefined;
  /** The mailbox that unsubscribes by mail, for readers whose program sends one instead. */
  readonly unsubscribeMailbox?: string | undefined;
  readonly send: SendKey;
};

/**
 * What the mail service said. `refused`: it certainly did not take the mail. `unknown`: nobody can tell, so the mail
 * must not be sent again.
 */
export type Handed =
  | { readonly kind: 'taken'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly throttled: boolean }
  | { readonly kind: 'unknown' };

export type PublishedVersion = {
  readonly plan: Plan;
  readonly templates: Readonly<Record<string, Template>>;
  /** SHA-256 of plan and templates. */
  readonly hash: string;
  /** SHA-256 by template; by template and language for another language, `reminder.es`. */
  readonly templateHashes: Readonly<Record<string, string>>;
};

export type VersionReader = {
  /** Throws `journey.unknown`. */
  readonly get: (journey: string, version: number) => Promise<PublishedVersion>;
};

export type VersionNumbers = {
  /** Every version that was deployed, drafts and deleted ones too; none for a journey that nobody knows. */
  readonly numbers: (journey: string) => Promise<readonly number[]>;
};

export type VersionDeltas = { readonly journey: string; readonly version: number; readonly deltas: Deltas };

export type CountStore = {
  /** Adds all of a batch or nothing; false where the batch was added before. At most 99 versions a batch. */
  readonly add: (batch: string, changes: readonly VersionDeltas[]) => Promise<boolean>;
  readonly read: (journey: string, version: number) => Promise<Deltas>;
};

/** All commercial mail of this deployment, as mailbox providers judge it. Figures may be five minutes old. */
export type CommercialStream = { readonly figures: () => Promise<StreamFigures> };

/** How journeys stand. Reads are strongly consistent: once a journey is paused, nobody starts anything in it. */
export type JourneyStates = {
  /** A journey of which nothing is on record is published. */
  readonly of: (journey: string) => Promise<JourneyState>;
  /** Those of which anything is on record, by name. */
  readonly all: () => Promise<ReadonlyMap<string, JourneyState>>;
  /** The first pause stands until it ends. */
  readonly pause: (journey: string, mark: Mark) => Promise<JourneyState>;
  /** Undefined where the journey is not paused. */
  readonly resume: (journey: string, resumption: Resumption) => Promise<JourneyState | undefined>;
  readonly retire: (journey: string, mark: Mark) => Promise<JourneyState>;
  /** Keeps a version from being entered; false where anything was said of it before. */
  readonly draft: (journey: string, version: number) => Promise<boolean>;
  /** Opens a version to entries and undoes a retirement. Undefined where the version was deleted. */
  readonly publish: (journey: string, version: number) => Promise<JourneyState | undefined>;
  /** Publishes what was a draft; false where it was none. */
  readonly deployed: (journey: string, version: number) => Promise<boolean>;
  /** False where it was deleted before. */
  readonly remove: (journey: string, version: number) => Promise<boolean>;
  /** Takes a deletion back. */
  readonly restore: (journey: string, version: number, mark: VersionMark) => Promise<void>;
};

/** A page of the runs that a migration found, in one of the partitions where they may stand. */
export type MigrationPlace = { readonly id: string; readonly partition: number; readonly number: number };

export type MigrationStore = {
  readonly open: (migration: Migration) => Promise<void>;
  readonly get: (journey: string, id: string) => Promise<Migration | undefined>;
  /** Keeps the runs of a page; where that was done before, gives those. */
  readonly keepPage: (place: MigrationPlace, found: MigrationRuns) => Promise<MigrationRuns>;
  readonly page: (place: MigrationPlace) => Promise<MigrationRuns | undefined>;
  /** What came of a page; of several tries the latest stands. */
  readonly keepTally: (place: MigrationPlace, tried: number, kept: Pick<KeptTally, 'tally' | 'isLast' | 'isPending'>) => Promise<void>;
  readonly tallies: (id: string) => Promise<readonly KeptTally[]>;
};

export type MigrationRuns = { readonly runs: readonly Due[]; readonly after?: Record<string, unknown> | undefined };

export type VersionCatalogue = { readonly all: () => Promise<readonly { readonly journey: string; readonly version: number }[]> };

/** The segments that were published. A definition may be five minutes old; an id never changes. */
export type SegmentCatalogue = {
  readonly all: () => Promise<readonly PublishedSegment[]>;
  /** As they are at this moment. */
  readonly fresh: () => Promise<readonly PublishedSegment[]>;
  /** Throws `segment.unknown`. */
  readonly idOf: (segment: Name) => Promise<SegmentId>;
  /** Throws `segment.unknown`. */
  readonly nameOf: (id: SegmentId) => Promise<Name>;
  /** The segment of a name or an id. Throws `segment.unknown`. */
  readonly find: (nameOrId: Name | SegmentId) => Promise<PublishedSegment>;
};

/** The API events that are declared. A definition may be five minutes old. */
export type EventCatalogue = {
  readonly all: () => Promise<readonly EventDefinition[]>;
  readonly find: (name: EventName) => Promise<EventDefinition | undefined>;
};

/** Proofs of withdrawals. The contact's record and its proof come into being in one write, so no store opens one here. */
export type WithdrawalStore = {
  /** The contact's withdrawals that are not complete, oldest first, strongly consistent. */
  readonly openOf: (contact: ContactId) => Promise<readonly Withdrawal[]>;
  /** All of the contact's, oldest first. */
  readonly ofContact: (contact: ContactId) => Promise<readonly Withdrawal[]>;
  /** Of all contacts, those that are not complete, oldest first, at most 1,000. */
  readonly pending: () => Promise<readonly WithdrawalKey[]>;
  /** The first completion stands; another is no change. */
  readonly complete: (
    key: WithdrawalKey, proof: Required<Pick<Withdrawal, 'completedAt' | 'secondsTaken' | 'ended' | 'kept'>>,
  ) => Promise<void>;
};

export type FollowUpStore = {
  /** Opening it again is no change, also after it was closed. */
  readonly open: (task: FollowUp) => Promise<void>;
  /** Open tasks, oldest first. A page may be short or empty; there are more until `cursor` is undefined. */
  readonly list: (cursor?: string) => Promise<{ readonly tasks: readonly FollowUp[]; readonly cursor: string | undefined }>;
  /** The first closure stands. Undefined where there is no such task. */
  readonly close: (key: string, at: Instant) => Promise<FollowUp | undefined>;
};

/** An authorization that ends, whoever gave it. No PHI. */
export type EndingAuthorization = { readonly contact: ContactId; readonly record: string; readonly expiresAt: Instant };

/** The ends of authorizations of all contacts. Each is kept in one write with the contact's record, so no store adds one here. */
export type RenewalStore = {
  /**
   * Those that end in a month of UTC, `2027-01`, soonest first, without the revoked ones and those that a longer one
   * covers. A page may be short or empty; there are more until `cursor` is undefined.
   */
  readonly ofMonth: (month: string, cursor?: string) =>
    Promise<{ readonly ending: readonly EndingAuthorization[]; readonly cursor: string | undefined }>;
  /** Those that end after `from` and no later than `until`, soonest first, page by page, closed ones left out likewise. */
  readonly ending: (from: Instant, until: Instant) => AsyncIterable<readonly EndingAuthorization[]>;
  /** How many end after `from` and no later than `until`; one query a month. */
  readonly count: (from: Instant, until: Instant) => Promise<number>;
};
