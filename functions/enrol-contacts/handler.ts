import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { enter } from '../../lib/core/engine/enter.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { Clock, EnrolmentStore, JourneyStates, Machines, VersionReader, WorkQueue } from '../../lib/core/ports.ts';

const target = { journey: Name, version: z.int().min(1) };

/** Contacts to enter, or a place in the segment that the journey enters from. */
export const EnrolMessage = z.union([
  z.strictObject({ ...target, contacts: z.array(ContactId).min(1).max(100) }),
  /** Contacts that enter for something of their own, each named by a key, once for each. */
  z.strictObject({ ...target, entries: z.array(z.strictObject({ contact: ContactId, key: z.string().min(1).max(200) })).min(1).max(100) }),
  z.strictObject({ ...target, segment: Name, cursor: z.string().max(100).nullable() }),
]);
export type EnrolMessage = z.infer<typeof EnrolMessage>;

export type EnrolPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'enter'>;
  readonly contacts: Pick<ContactStore, 'members'>;
  readonly versions: VersionReader;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly queue: WorkQueue;
  readonly machines: Machines;
  readonly clock: Clock;
};

const contactsPerMessage = 25;

/** Reads one page of a segment, queues its contacts, then the place where the next page begins. */
const readPage = async (ports: EnrolPorts, message: Extract<EnrolMessage, { segment: string }>): Promise<void> => {
  const { journey, version, segment } = message;
  const page = await ports.contacts.members(segment, message.cursor ?? undefined);
  const messages: EnrolMessage[] = [];
  for (let start = 0; start < page.contacts.length; start += contactsPerMessage) {
    messages.push({ journey, version, contacts: page.contacts.slice(start, start + contactsPerMessage) });
  }
  if (page.cursor !== undefined) messages.push({ journey, version, segment, cursor: page.cursor });
  await ports.queue.send(messages);
};

/**
 * Enters contacts into a version. Entering the same ones again is no change, so a repeated message does no harm. Those
 * whose message comes after the journey was retired, or the version deleted, are not entered.
 */
export const enrolContacts = (ports: EnrolPorts) => async (message: EnrolMessage): Promise<void> => {
  if ('segment' in message) return readPage(ports, message);
  const [{ plan }, state] = await Promise.all([
    ports.versions.get(message.journey, message.version), ports.states.of(message.journey),
  ]);
  const entries = 'entries' in message ? message.entries : message.contacts.map((contact) => ({ contact, key: undefined }));
  await Promise.all(entries.map(({ contact, key }) => enter(ports, plan, message.version, state, contact, { key: key ?? 'once' })));
};
