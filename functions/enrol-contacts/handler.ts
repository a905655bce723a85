import * as z from 'zod';
import { recordFacts } from '../../lib/core/contact/fields.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { enter } from '../../lib/core/engine/enter.ts';
import { takesEntries } from '../../lib/core/engine/journey-state.ts';
import { reentryKey } from '../../lib/core/engine/key.ts';
import { isGone } from '../../lib/core/errors.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { Reentry } from '../../lib/core/journey/plan.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, JourneyStates, Machines, VersionReader, WorkQueue } from '../../lib/core/ports.ts';
import { Instant } from '../../lib/core/time.ts';

const target = { journey: Name, version: z.int().min(1) };

/** When the list was asked for. A message of an older release does not say; it is taken as asked for when it is handled. */
const asked = { ...target, at: Instant.optional() };

/** Contacts to enter, or a place in the segment that the journey enters from. */
export const EnrolMessage = z.union([
  z.strictObject({ ...asked, contacts: z.array(ContactId).min(1).max(100) }),
  /** Contacts that enter for something of their own, each named by a key, once for each. */
  z.strictObject({ ...target, entries: z.array(z.strictObject({ contact: ContactId, key: z.string().min(1).max(200) })).min(1).max(100) }),
  z.strictObject({ ...asked, segment: Name, cursor: z.string().max(100).nullable() }),
]);
export type EnrolMessage = z.infer<typeof EnrolMessage>;

export type EnrolPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'enter'>;
  readonly contacts: Pick<ContactStore, 'members' | 'zone' | 'open'>;
  readonly versions: VersionReader;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly queue: WorkQueue;
  readonly machines: Machines;
  readonly clock: Clock;
};

const contactsPerMessage = 25;

/** Reads one page of a segment, queues its contacts, then the place where the next page begins. */
const readPage = async (ports: EnrolPorts, message: Extract<EnrolMessage, { segment: string }>): Promise<void> => {
  const { journey, version, segment, at = ports.clock.now() } = message;
  const page = await ports.contacts.members(segment, message.cursor ?? undefined);
  const messages: EnrolMessage[] = [];
  for (let start = 0; start < page.contacts.length; start += contactsPerMessage) {
    messages.push({ journey, version, at, contacts: page.contacts.slice(start, start + contactsPerMessage) });
  }
  if (page.cursor !== undefined) messages.push({ journey, version, at, segment, cursor: page.cursor });
  await ports.queue.send(messages);
};

/** Throws nothing for a contact that is not there, or whose data cannot be read again: it has no fields. */
const openUnlessGone = async ({ contacts }: EnrolPorts, contact: ContactId) => {
  try {
    return await contacts.open(contact);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

/**
 * The key of an entry by the list, undefined where it cannot be told. A year and a month are reckoned in the contact's
 * zone, which stands in the clear; only a field is decrypted.
 */
const keyOf = async (ports: EnrolPorts, reenter: Reentry, contact: ContactId, at: Instant): Promise<string | undefined> => {
  const none = () => undefined;
  const nothing = { at, zone: null, read: none, attributes: none };
  if (reenter === 'never') return reentryKey(reenter, nothing);
  if (typeof reenter.oncePer === 'string') {
    const zone = await ports.contacts.zone(contact);
    return zone === undefined ? undefined : reentryKey(reenter, { ...nothing, zone });
  }
  if ('attribute' in reenter.oncePer) return undefined;
  const opened = await openUnlessGone(ports, contact);
  return opened === undefined ? undefined : reentryKey(reenter, { ...nothing, ...recordFacts(opened.record.open(), at) });
};

/**
 * Enters contacts into a version. Entering the same ones again is no change, so a repeated message does no harm: the key
 * of an entry is reckoned at the instant of the request. Those whose message comes after the journey was retired, or the
 * version deleted, are not entered, nor are those whose key cannot be told.
 */
export const enrolContacts = (ports: EnrolPorts) => async (message: EnrolMessage): Promise<void> => {
  if ('segment' in message) return readPage(ports, message);
  const [{ plan }, state] = await Promise.all([
    ports.versions.get(message.journey, message.version), ports.states.of(message.journey),
  ]);
  if (!takesEntries(state, message.version)) return;
  const enterUnder = async (contact: ContactId, key: string | undefined): Promise<void> => {
    if (key !== undefined) await enter(ports, plan, message.version, state, contact, { key });
  };
  if ('entries' in message) {
    await Promise.all(message.entries.map(({ contact, key }) => enterUnder(contact, key)));
    return;
  }
  const at = message.at ?? ports.clock.now();
  await Promise.all(message.contacts.map(async (contact) => enterUnder(contact, await keyOf(ports, plan.reenter, contact, at))));
};
