import { recordFacts } from '../contact/fields.ts';
import type { ContactStore, OpenContact } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { ContactId, Name } from '../ids.ts';
import type { SegmentCatalogue } from '../ports.ts';
import { noFacts } from '../segment/facts.ts';
import { memberships } from '../segment/segment.ts';
import type { ContactChange } from './change.ts';
import type { MovePorts } from './move-waits.ts';
import { moveWaits } from './move-waits.ts';
import type { Timer } from './timer.ts';

/** Why a contact is looked at: something changed, or a moment has come. */
export type Cause =
  | { readonly kind: 'change'; readonly change: ContactChange }
  | { readonly kind: 'timer'; readonly timer: Timer };

export type SettlePorts = Omit<MovePorts, 'contacts'> & {
  readonly contacts: Pick<ContactStore, 'open' | 'segmentsOf' | 'addToSegment' | 'removeFromSegment'>;
  readonly segments: Pick<SegmentCatalogue, 'all'>;
};

/** Undefined where the contact is not there, or its key is gone: nothing follows from anything about it any more. */
const openOrGone = async ({ contacts }: SettlePorts, contact: ContactId): Promise<OpenContact | undefined> => {
  try {
    return await contacts.open(contact);
  } catch (error) {
    if (error instanceof SendwellError && error.code === 'contact.shredded') return undefined;
    throw error;
  }
};

/** Waits that are read from what changed follow it. Nobody waits yet who has only just come into being. */
const followChange = async (ports: SettlePorts, contact: ContactId, { created, fields }: ContactChange): Promise<void> => {
  if (created || fields.length === 0) return;
  await moveWaits({ ...ports, contacts: { open: (id) => openOrGone(ports, id) } }, contact, new Set(fields));
};

/**
 * Brings everything that follows from a contact's data up to date. Asked again with the same cause, after a crash or
 * by a stream that repeats itself, it changes nothing more. Where nothing that was published could care, it ends before
 * the contact's data is decrypted.
 */
export const settleContact = async (ports: SettlePorts, contact: ContactId, cause: Cause): Promise<void> => {
  if (cause.kind === 'change') await followChange(ports, contact, cause.change);
  const selecting = (await ports.segments.all()).filter(({ where }) => where !== null);
  const concerned = cause.kind === 'timer' || selecting.some(({ where }) => where !== null && cause.change.fields.includes(where.field));
  if (!concerned) return;
  const opened = await openOrGone(ports, contact);
  if (opened === undefined) return;
  const now = ports.clock.now();
  const wanted = memberships(selecting, { ...noFacts(now), ...recordFacts(opened.record.open(), now) });
  const present: readonly Name[] = await ports.contacts.segmentsOf(contact);
  for (const { segment } of selecting) {
    if (wanted.includes(segment) && !present.includes(segment)) await ports.contacts.addToSegment(contact, segment, now);
    if (!wanted.includes(segment) && present.includes(segment)) await ports.contacts.removeFromSegment(contact, segment, now);
  }
};
