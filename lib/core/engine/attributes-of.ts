import type { ContactStore } from '../contact/store.ts';
import { attributeReader } from '../event/attributes.ts';
import type { ContactId } from '../ids.ts';
import type { Knowing } from './answer.ts';
import type { ContactEvent, EventOf } from './event.ts';
import { eventKey } from './event.ts';

type AttributesOf = Required<Knowing>['attributesOf'];

/** Opens the attributes of events: one decryption for all of them, and none where no event has any. */
export const openAttributes = async (
  contacts: Pick<ContactStore, 'open'>, contact: ContactId, events: readonly ContactEvent[],
): Promise<AttributesOf> => {
  const sealed = events.flatMap((event) =>
    (event.type === 'api' && event.sealed !== undefined ? [{ field: eventKey(event), bytes: event.sealed }] : []));
  const opened = sealed.length === 0 ? undefined : await contacts.open(contact, sealed);
  return (event: EventOf<'api'>) => {
    const attributes = opened?.sealed.get(eventKey(event));
    return attributes === undefined ? undefined : attributeReader(attributes);
  };
};
