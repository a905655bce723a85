import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { Clock, JourneyStates, VersionReader } from '../ports.ts';
import type { Due, EnrolmentStore } from './enrolment-store.ts';
import { catchUp } from './catch-up.ts';
import { heldPartitionOf } from './enrolment.ts';
import type { Resumption } from './journey-state.ts';

export type ReleasePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'get' | 'release' | 'standing'>;
  readonly versions: VersionReader;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly contacts: Pick<ContactStore, 'zone'>;
  readonly clock: Clock;
};

/** A place in the list of the runs that a journey held when it was resumed at `at`. */
export type ReleasePage = {
  readonly journey: string; readonly at: string; readonly shard: number; readonly after?: Record<string, unknown> | undefined;
};

/** An event, or a wait that moves, may come in between; more of them than this in the time of a write do not happen. */
const tries = 5;

const release = async (ports: ReleasePorts, resumption: Resumption, { contact, enrolment }: Due): Promise<void> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const run = await ports.enrolments.get({ contact, enrolment });
    // Released before, or ended by a withdrawal.
    if (run?.held === undefined) return;
    const { plan } = await ports.versions.get(run.journey, run.version);
    const zone = await ports.contacts.zone(contact) ?? null;
    if ((await ports.enrolments.release(run, catchUp(plan, run, resumption, zone), ports.clock.now())).done) return;
  }
  throw new SendwellError('contact.changed', { contact });
};

/**
 * Lets the runs of one page go on, and gives the place of the next one. Each by one conditional write to a time that
 * follows from the run and the resumption alone, so a page that is worked off twice changes nothing more. A journey that
 * was paused again keeps what is still held.
 */
export const releasePage = async (ports: ReleasePorts, { journey, at, shard, after }: ReleasePage): Promise<ReleasePage | undefined> => {
  const { paused, resumption } = await ports.states.of(journey);
  if (paused !== undefined || resumption?.at !== at) return undefined;
  const page = await ports.enrolments.standing(heldPartitionOf(journey, shard), undefined, after);
  await Promise.all(page.runs.map((run) => release(ports, resumption, run)));
  return page.after === undefined ? undefined : { journey, at, shard, after: page.after };
};
