import { fieldReader } from '../contact/fields.ts';
import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { ContactId } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import { stepOf } from '../journey/walk.ts';
import { fieldOf, readsZone } from '../journey/waits.ts';
import type { Clock, EnrolmentStore, VersionReader } from '../ports.ts';
import { plainFacts } from '../window/moment.ts';
import type { Enrolment } from './enrolment.ts';
import { reckonAgain } from './reckon.ts';

export type MovePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'ofContact' | 'moveWait'>;
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly versions: VersionReader;
  readonly clock: Clock;
};

/** Tries while others move the same wait. */
const attempts = 5;

/** Whether the wait that a run is parked at is read from one of these: names of fields, `zone`. */
const isConcerned = (plan: Plan, { status, step: id }: Enrolment, changed: ReadonlySet<string>): boolean => {
  const step = status === 'PARKED' ? stepOf(plan, id) : undefined;
  if (step?.kind !== 'wait' && step?.kind !== 'wait-for-event') return false;
  const field = step.kind === 'wait' ? fieldOf(step.until) : undefined;
  return (field !== undefined && changed.has(field)) || (changed.has('zone') && readsZone(step));
};

type Parked = { readonly plan: Plan; readonly row: Enrolment };

const concernedOf = async ({ enrolments, versions }: MovePorts, contact: ContactId, changed: ReadonlySet<string>): Promise<readonly Parked[]> => {
  const parked = (await enrolments.ofContact(contact)).filter(({ status }) => status === 'PARKED');
  const all = await Promise.all(parked.map(async (row) => ({ row, plan: (await versions.get(row.journey, row.version)).plan })));
  return all.filter(({ plan, row }) => isConcerned(plan, row, changed));
};

const tryOnce = async (ports: MovePorts, contact: ContactId, changed: ReadonlySet<string>): Promise<boolean> => {
  // The rows are read before the record: whoever reads a newer record writes to the rows later, and this write is refused.
  const concerned = await concernedOf(ports, contact, changed);
  if (concerned.length === 0) return true;
  const opened = await ports.contacts.open(contact);
  if (opened === undefined) return true;
  const now = ports.clock.now();
  const facts = { ...plainFacts(now, opened.zone), read: fieldReader(opened.record.open(), now) };
  const written = await Promise.all(concerned.map(async ({ plan, row }) => {
    const reckoned = reckonAgain(plan, row, facts);
    // A moment that stays is written down too: an older reading that would move it is refused then.
    if (reckoned.kind === 'unchanged' && row.waitsOn === undefined) return true;
    return (await ports.enrolments.moveWait(row, reckoned, now)).done;
  }));
  return written.every((done) => done);
};

/**
 * Brings the parked waits of a contact up to date after its record changed in fields of these names, or in `zone`. Opens
 * the record only where one of its waits is read from what changed. A wait that is claimed meanwhile is over.
 * Throws `contact.changed` where others keep moving the same waits.
 */
export const moveWaits = async (ports: MovePorts, contact: ContactId, changed: ReadonlySet<string>): Promise<void> => {
  for (let left = attempts; left > 0; left -= 1) if (await tryOnce(ports, contact, changed)) return;
  throw new SendwellError('contact.changed', { contact });
};
