import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { errorTable, SendwellError } from '../../lib/core/errors.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { Clock, SegmentCatalogue } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

const Contacts = z.array(ContactId).max(100).default([]);

/** `POST /segments/{segment}/members`: for segments that are kept by hand. Sending it again is no change. */
export const MembersRequest = z.strictObject({ segment: Name, add: Contacts, remove: Contacts });
export type MembersRequest = z.infer<typeof MembersRequest>;

export type MembersPorts = {
  readonly contacts: Pick<ContactStore, 'zone' | 'addToSegment' | 'removeFromSegment'>;
  readonly segments: Pick<SegmentCatalogue, 'find'>;
  readonly clock: Clock;
};

const code = 'contact.unknown';

/** Adds and removes members, and tells who is no contact. Those who react to the segment hear of each change. */
export const changeMembers = (ports: MembersPorts) => async ({ segment, add, remove }: MembersRequest): Promise<ApiAnswer> => {
  const { where } = await ports.segments.find(segment);
  if (where !== null) throw new SendwellError('segment.selects', { segment });
  const now = ports.clock.now();
  const known = await Promise.all(add.map(async (contact) => ({ contact, isKnown: await ports.contacts.zone(contact) !== undefined })));
  const added = known.filter(({ isKnown }) => isKnown).map(({ contact }) => contact);
  await Promise.all([
    ...added.map((contact) => ports.contacts.addToSegment(contact, segment, now)),
    ...remove.filter((contact) => !added.includes(contact)).map((contact) => ports.contacts.removeFromSegment(contact, segment, now)),
  ]);
  const refused = known.filter(({ isKnown }) => !isKnown).map(({ contact }) => ({ contact, code, remedy: errorTable[code].remedy }));
  return { status: 200, json: { segment, added: added.length, removed: remove.length, refused } };
};
