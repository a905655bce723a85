import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { ReviewMessage } from '../../lib/core/engine/review.ts';
import type { SettlePorts } from '../../lib/core/engine/settle.ts';
import { settleContact } from '../../lib/core/engine/settle.ts';
import type { WorkQueue } from '../../lib/core/ports.ts';

export type ReviewPorts = SettlePorts & {
  readonly contacts: Pick<ContactStore, 'everybody'>;
  readonly queue: Pick<WorkQueue, 'send'>;
};

const contactsPerMessage = 25;

/** Reads one page of all contacts, queues them, then the place where the next page begins. */
const readPage = async ({ contacts, queue }: ReviewPorts, { at, cursor }: Extract<ReviewMessage, { cursor: unknown }>): Promise<void> => {
  const page = await contacts.everybody(cursor ?? undefined);
  const messages: ReviewMessage[] = [];
  for (let start = 0; start < page.contacts.length; start += contactsPerMessage) {
    messages.push({ at, contacts: page.contacts.slice(start, start + contactsPerMessage) });
  }
  if (page.cursor !== undefined) messages.push({ at, cursor: page.cursor });
  await queue.send(messages);
};

/**
 * Looks at everybody after a deployment changed what is reacted to: who is in which segment, how each contact stands with
 * conditions that triggers watch, and the dates that they wait for. Nobody is entered by it, and nobody is told. A message
 * that is repeated changes nothing more.
 */
export const reviewContacts = (ports: ReviewPorts) => async (message: ReviewMessage): Promise<void> => {
  if ('cursor' in message) return readPage(ports, message);
  for (const contact of message.contacts) await settleContact(ports, contact, { kind: 'published', at: message.at });
};
