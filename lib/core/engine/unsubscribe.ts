import type { ContactRecord, Standing } from '../contact/record.ts';
import type { ContactStore } from '../contact/store.ts';
import type { ContactId } from '../ids.ts';
import { stoppedBy } from '../link/stop.ts';
import type { StoppedScope } from '../link/stop.ts';
import type { Link } from '../link/token.ts';
import type { Clock } from '../ports.ts';
import type { Instant } from '../time.ts';

type Suppressions = Standing['suppressions'];

/** By mail of which send the wish came; one scope of one mail is stopped once. */
const nameOf = ({ enrolment, step, leg }: Link, scope: StoppedScope): string =>
  `unsubscribe${scope === 'commercial' ? '' : `-${scope}`}-${enrolment}-${step}-${leg}`;

const stopped = (suppressions: Suppressions, link: Link, scope: StoppedScope, now: Instant): Suppressions => {
  const name = nameOf(link, scope);
  const earlier = suppressions.filter(({ id }) => id === name || id.startsWith(`${name}-`));
  if (earlier.some((suppression) => suppression['released_at'] === null)) return suppressions;
  // One that the reader undid on the preference page stays undone; this is a new wish.
  const id = earlier.length === 0 ? name : `${name}-${earlier.length + 1}`;
  return [...suppressions, { id, scope, topic: null, received_at: now, released_at: null, source: 'unsubscribe' }];
};

/** The record with what the link stops, or the very same record where it all stands. Throws `link.invalid`. */
export const stoppedRecord = (record: ContactRecord, link: Link, now: Instant): ContactRecord => {
  const { suppressions } = record.standing;
  const after = stoppedBy(link).reduce((standing, scope) => stopped(standing, link, scope, now), suppressions);
  return after === suppressions ? record : { ...record, standing: { ...record.standing, suppressions: after } };
};

export type StopPorts = {
  readonly contacts: Pick<ContactStore, 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly clock: Clock;
};

/** Stops at once what the link of a mail stops, and ends the journeys that live on it; anything else goes on. */
export const stopBy = async ({ contacts, withdraw, clock }: StopPorts, link: Link): Promise<void> => {
  await contacts.update(link.contact, (record) => stoppedRecord(record, link, clock.now()));
  await withdraw(link.contact);
};
