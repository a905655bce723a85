import type { Deltas } from './engine/counts.ts';
import type { Due } from './engine/enrolment-store.ts';
import type { Enrolment } from './engine/enrolment.ts';
import type { ContactEvent } from './engine/event.ts';
import type { FollowUp } from './engine/follow-up.ts';
import type { JourneyState, Mark, Resumption, VersionMark } from './engine/journey-state.ts';
import type { KeptTally, Migration } from './engine/migration.ts';
import type { StreamFigures } from './engine/stream.ts';
import type { Timer } from './engine/timer.ts';
import type { Watched } from './engine/watch.ts';
import type { Withdrawal, WithdrawalKey } from './engine/withdrawal.ts';
import type { EventDefinition } from './event/definition.ts';
import type { ContactId, EventName, Name, SegmentId } from './ids.ts';
import type { Plan } from './journey/plan.ts';
import type { PublishedSegment } from './segment/segment.ts';
import type { Template } from './template/template.ts';
import type { Instant } from './time.ts';

/** What the domain asks of the outside. Each port has one implementation, over the AWS SDK, in lib/aws. */

export type Clock = { readonly now: () => Instant };

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
