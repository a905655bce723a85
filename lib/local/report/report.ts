import type { ErrorCode } from '../../core/errors.ts';
import type { RefusalCode } from '../../core/intake/refusal.ts';
import type { Instant } from '../../core/time.ts';
import type { Cost } from './cost.ts';

/** A row that did not come in. No value of it is kept. */
export type RefusedRow = {
  /** `csv`, `fhir` or `api`. */
  readonly from: string;
  /** Counted from 1 in what it came from. */
  readonly row: number;
  readonly code: RefusalCode | ErrorCode;
  readonly path: string;
  readonly remedy: string;
};

export type Imported = {
  /** Contacts taken in, by origin. */
  readonly from: Readonly<Record<string, number>>;
  readonly accepted: number;
  /** Members by segment, from the import. */
  readonly segments: Readonly<Record<string, number>>;
  readonly refused: readonly RefusedRow[];
};

export type StepCounts = {
  readonly step: string;
  readonly kind: string;
  readonly activeNow: number;
  readonly everProcessed: number;
  /** Of a send only. */
  readonly sent?: number;
  readonly refused?: number;
};

/** What the API answers of a version. */
export type JourneyCounts = {
  readonly journey: string;
  readonly version: number;
  readonly title: string;
  readonly entered: number;
  readonly active: number;
  readonly completed: number;
  readonly exited: number;
  readonly failed: number;
  readonly sends: Readonly<Record<'sent' | 'pending' | 'unknown' | 'refused' | 'delivered' | 'bounced', number>>;
  readonly refusedBy: Readonly<Record<string, number>>;
  readonly steps: readonly StepCounts[];
};

export type TimelineEntry = {
  readonly at: Instant; readonly journey: string; readonly what: string; readonly step: string; readonly reason?: string;
};

/** One event in the life of an authorization, or of a message that needs one. */
export type LifeEntry = {
  readonly at: Instant;
  readonly what: string;
  /** In plain words. */
  readonly why: string;
  /** Of the consent engine; empty where no rule decided. */
  readonly code: string;
  readonly cite: string;
  /** Reference of the message, for `sendwell why`. */
  readonly send?: string;
  /** Consents relied on, signed or revoked, or the withdrawal that is the proof. */
  readonly records: readonly string[];
  /** Places in the chain, day and position. */
  readonly receipts: readonly string[];
};

export type AuthorizationLife = { readonly contact: string; readonly entries: readonly LifeEntry[] };

/** What became of one appointment, oldest first. */
export type Appointment = { readonly contact: string; readonly entries: readonly { readonly at: Instant; readonly what: string }[] };

export type Access = {
  /** Unwrapped contact keys by function: how often, and of how many contacts. */
  readonly decrypts: readonly { readonly function: string; readonly decrypts: number; readonly contacts: number }[];
  /** The accesses to the contact whose timeline is shown, oldest first, at most ten. */
  readonly sample: readonly { readonly at: Instant; readonly function: string; readonly action: string; readonly contact: string }[];
};

/** One law of the run, and the figures that it was checked by. */
export type Check = { readonly name: string; readonly held: boolean; readonly figures: string };

export type Report = {
  readonly seed: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly imported: Imported;
  readonly journeys: readonly JourneyCounts[];
  /** What the patients of the script did, by deed. */
  readonly deeds: Readonly<Record<string, number>>;
  readonly timeline: { readonly contact: string; readonly entries: readonly TimelineEntry[] };
  readonly authorization: AuthorizationLife;
  readonly appointment: Appointment;
  readonly access: Access;
  readonly checks: readonly Check[];
  readonly held: boolean;
  readonly cost: Cost;
};
