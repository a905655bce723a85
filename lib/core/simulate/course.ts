import type { ContactId, Name } from '../ids.ts';
import type { Instant } from '../time.ts';

/** What happened to one contact at one step. Ids, codes and labels; no value of a contact. */
export type Entry = {
  readonly at: Instant;
  readonly step: Name;
} & (
  | { readonly what: 'sent'; readonly template: Name }
  | { readonly what: 'refused'; readonly template: Name; readonly reason: string }
  /** Quiet hours or a cap; the send is judged again at `until`. */
  | { readonly what: 'put-off'; readonly reason: string; readonly until: Instant }
  | { readonly what: 'waits'; readonly until: Instant }
  /** A wait is over, a branch chose, a segment was joined: with which outcome the contact goes on. */
  | { readonly what: 'went-on'; readonly outcome: Name }
);

export type End = { readonly status: 'COMPLETED' | 'EXITED' | 'FAILED'; readonly ended: string; readonly step: Name; readonly at: Instant };

/** One contact's way through a version. */
export type Course = {
  readonly contact: ContactId;
  readonly entries: readonly Entry[];
  /** Undefined where the contact is still under way when the time of the simulation is over. */
  readonly end: End | undefined;
};

/** A message that a contact would get. */
export type Sending = { readonly step: Name; readonly template: Name; readonly at: Instant };

export const sendingsOf = ({ entries }: Course): readonly Sending[] =>
  entries.flatMap(({ at, step, ...entry }) => (entry.what === 'sent' ? [{ step, template: entry.template, at }] : []));
