import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { ContactId, Name } from '../ids.ts';
import type { Facts } from '../segment/facts.ts';
import type { Members, Selecting } from '../segment/members.ts';
import { membersOf } from '../segment/members.ts';
import type { Needs } from '../segment/needs.ts';
import type { FactPorts } from './facts.ts';
import { loadFacts } from './facts.ts';

export type SegmentPorts = FactPorts & { readonly contacts: Pick<ContactStore, 'addToSegment' | 'removeFromSegment'> };

/** A membership that is not as the conditions have it. */
export type Move = { readonly segment: Name; readonly to: 'in' | 'out' };

/** What has to be written so that the contact is in the segments that it belongs to by their conditions. */
export const movesTo = (selecting: readonly Selecting[], present: ReadonlySet<Name>, members: Members): readonly Move[] =>
  selecting.flatMap(({ segment }): readonly Move[] => {
    const wanted = members.all.has(segment);
    if (wanted === present.has(segment)) return [];
    return [{ segment, to: wanted ? 'in' : 'out' }];
  });

/** Whoever else settles the contact meanwhile is done after a few rounds. */
const rounds = 5;

/**
 * Puts the contact into the segments that it belongs to and takes it out of the others. Having written, it looks again,
 * so of several that settle one contact side by side the last to write has seen what the others saw. Gives the facts as
 * they are now. Throws `contact.unknown` and `contact.shredded`.
 *
 * @param needs What is to be known beside, for whoever uses the facts.
 * @param quietly Whether nobody is told: for memberships that a new definition alone has changed.
 */
export const settleSegments = async (
  ports: SegmentPorts, contact: ContactId, selecting: readonly Selecting[], needs: Needs, quietly: boolean,
): Promise<{ readonly facts: Facts; readonly members: Members }> => {
  for (let round = 1; round <= rounds; round += 1) {
    const known = await loadFacts(ports, contact, { ...needs, segments: true });
    const members = membersOf(selecting, known);
    const moves = movesTo(selecting, known.segments, members);
    if (moves.length === 0) return { facts: { ...known, segments: members.all }, members };
    for (const { segment, to } of moves) {
      if (to === 'in') await ports.contacts.addToSegment(contact, segment, known.now, { quietly });
      else await ports.contacts.removeFromSegment(contact, segment, known.now, { quietly });
    }
  }
  throw new SendwellError('contact.changed', { contact });
};
