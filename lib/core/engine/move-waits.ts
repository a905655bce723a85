import { fieldReader } from '../contact/fields.ts';
import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import { attributeReader } from '../event/attributes.ts';
import type { ContactId } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import { stepOf } from '../journey/walk.ts';
import { attributeOf, fieldOf, readsZone } from '../journey/waits.ts';
import type { Clock, VersionReader } from '../ports.ts';
import type { EnrolmentStore, RunFact, RunFacts } from './enrolment-store.ts';
import { plainFacts } from '../window/moment.ts';
import type { Enrolment } from './enrolment.ts';
import { reckonAgain } from './reckon.ts';

export type MovePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'ofContact' | 'moveWait'>;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly versions: VersionReader;
  readonly runFacts: Pick<RunFacts, 'of'>;
  readonly clock: Clock;
};

/** Tries while others move the same wait. */
const attempts = 5;

/** Names of fields, and `zone`, that have another value; ids of runs that have other attributes. */
type Changed = { readonly names: ReadonlySet<string>; readonly runs: ReadonlySet<string> };

const readsAttribute = (plan: Plan, { step: id }: Enrolment): boolean => {
  const step = stepOf(plan, id);
  return step.kind === 'wait' && attributeOf(step.until) !== undefined;
};

/** Whether the wait that a run is parked at is read from something that changed. */
const isConcerned = (plan: Plan, row: Enrolment, { names: changed, runs }: Changed): boolean => {
  const { status, step: id } = row;
  const step = status === 'PARKED' ? stepOf(plan, id) : undefined;
  if (runs.has(row.enrolment) && step !== undefined && readsAttribute(plan, row)) return true;
  if (step?.kind !== 'wait' && step?.kind !== 'wait-for-event') return false;
  const field = step.kind === 'wait' ? fieldOf(step.until) : undefined;
  return (field !== undefined && changed.has(field)) || (changed.has('zone') && readsZone(step));
};

type Parked = { readonly plan: Plan; readonly row: Enrolment };

const concernedOf = async ({ enrolments, versions }: MovePorts, contact: ContactId, changed: Changed): Promise<readonly Parked[]> => {
  const parked = (await enrolments.ofContact(contact)).filter(({ status }) => status === 'PARKED');
  const all = await Promise.all(parked.map(async (row) => ({ row, plan: (await versions.get(row.journey, row.version)).plan })));
  return all.filter(({ plan, row }) => isConcerned(plan, row, changed));
};

/** The attributes of the runs that wait on one, sealed. */
const sealedOf = async ({ runFacts }: MovePorts, concerned: readonly Parked[]): Promise<ReadonlyMap<string, RunFact>> => {
  const facts = await Promise.all(concerned.map(async ({ plan, row }) => {
    const fact = readsAttribute(plan, row) ? await runFacts.of(row) : undefined;
    return fact === undefined ? [] : [[row.enrolment, fact] as const];
  }));
  return new Map(facts.flat());
};

const tryOnce = async (ports: MovePorts, contact: ContactId, changed: Changed): Promise<boolean> => {
  // The rows are read before the record: whoever reads a newer record writes to the rows later, and this write is refused.
  const concerned = await concernedOf(ports, contact, changed);
  if (concerned.length === 0) return true;
  const sealed = await sealedOf(ports, concerned);
  const opened = await ports.contacts.open(contact, [...sealed.values()].map(({ event, sealed: bytes }) => ({ field: event, bytes })));
  if (opened === undefined) return true;
  const now = ports.clock.now();
  const facts = { ...plainFacts(now, opened.zone), read: fieldReader(opened.record.open(), now) };
  const written = await Promise.all(concerned.map(async ({ plan, row }) => {
    const attributes = attributeReader(opened.sealed.get(sealed.get(row.enrolment)?.event ?? ''));
    const reckoned = reckonAgain(plan, row, { ...facts, attributes });
    // A moment that stays is written down too: an older reading that would move it is refused then.
    if (reckoned.kind === 'unchanged' && row.waitsOn === undefined) return true;
    return (await ports.enrolments.moveWait(row, reckoned, now)).done;
  }));
  return written.every((done) => done);
};

/**
 * Brings the parked waits of a contact up to date after its record changed in fields of these names, or in `zone`, or
 * some of its runs got other attributes. Opens the record only where one of its waits is read from what changed. A wait
 * that is claimed meanwhile is over. Throws `contact.changed` where others keep moving the same waits.
 */
export const moveWaits = async (
  ports: MovePorts, contact: ContactId, names: ReadonlySet<string>, runs: ReadonlySet<string> = new Set(),
): Promise<void> => {
  for (let left = attempts; left > 0; left -= 1) if (await tryOnce(ports, contact, { names, runs })) return;
  throw new SendwellError('contact.changed', { contact });
};
