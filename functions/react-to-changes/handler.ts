import type { ContactChange } from '../../lib/core/engine/change.ts';
import type { SettlePorts } from '../../lib/core/engine/settle.ts';
import { settleContact } from '../../lib/core/engine/settle.ts';
import type { ContactId } from '../../lib/core/ids.ts';

/** A change as the stream of the Journeys table tells it. */
export type Told = { readonly sequence: string; readonly change: ContactChange };

const byContact = (all: readonly Told[]): readonly (readonly [ContactId, readonly Told[]])[] => {
  const groups = new Map<ContactId, Told[]>();
  for (const told of all) groups.set(told.change.contact, [...groups.get(told.change.contact) ?? [], told]);
  return [...groups];
};

/** Contacts looked at side by side. */
const atOnce = 10;

/**
 * Reacts to a batch of changes, those of one contact in their order. Gives the sequence numbers of those that failed and
 * of what came after them for the same contact; a change that comes again changes nothing more.
 */
export const reactToChanges = (ports: SettlePorts, onFailure: (error: unknown) => void) =>
  async (all: readonly Told[]): Promise<readonly string[]> => {
    const groups = byContact(all);
    const failed: string[] = [];
    const follow = async (contact: ContactId, changes: readonly Told[]): Promise<void> => {
      for (const [index, { change }] of changes.entries()) {
        try {
          await settleContact(ports, contact, { kind: 'change', change });
        } catch (error) {
          onFailure(error);
          failed.push(...changes.slice(index).map(({ sequence }) => sequence));
          return;
        }
      }
    };
    for (let start = 0; start < groups.length; start += atOnce) {
      await Promise.all(groups.slice(start, start + atOnce).map(([contact, changes]) => follow(contact, changes)));
    }
    return failed;
  };
