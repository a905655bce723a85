import type { ContactEvent } from '../engine/event.ts';
import type { EnrolmentId, Name } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { FieldReader } from './condition.ts';

/** What conditions are judged on. A handler loads what {@link needsOf} asks for and leaves the rest as it is in {@link noFacts}. */
export type Facts = {
  readonly now: Instant;
  /** IANA name on the record; null where there is none. */
  readonly zone: string | null;
  readonly read: FieldReader;
  /** The first later instant at which the day alone may change what `read` gives of a field: for `age` the birthday. */
  readonly changesAt: (field: string) => Instant | undefined;
  /** The outcome with which the step was reached. */
  readonly outcome?: Name | undefined;
  /** The segments that the contact is a member of. */
  readonly segments: ReadonlySet<Name>;
  readonly events: readonly ContactEvent[];
  /** The journey of one of the contact's enrolments. */
  readonly journeyOf: (enrolment: EnrolmentId) => Name | undefined;
  /** The run for which the condition is judged; undefined in a segment. */
  readonly run?: { readonly enrolment: EnrolmentId; readonly journey: Name } | undefined;
  /** Attributes of the event that woke the last wait, else of the event that entered the contact. */
  readonly attributes: FieldReader;
  /** Attributes of an event. */
  readonly attributesOf: (event: ContactEvent) => FieldReader;
};

/** Facts of a contact of whom nothing was read. */
export const noFacts = (now: Instant): Facts => ({
  now,
  zone: null,
  read: () => undefined,
  changesAt: () => undefined,
  segments: new Set(),
  events: [],
  journeyOf: () => undefined,
  attributes: () => undefined,
  attributesOf: () => () => undefined,
});
