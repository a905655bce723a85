import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { SendKey } from '../../lib/core/engine/send.ts';
import type { WakePorts } from '../../lib/core/engine/wake.ts';
import { wake } from '../../lib/core/engine/wake.ts';
import { ContactId, EnrolmentId, Name } from '../../lib/core/ids.ts';
import type { SendOutcomes, Taken } from '../../lib/core/engine/send-store.ts';
import type { Instant } from '../../lib/core/time.ts';
import { parseInstant } from '../../lib/core/offset-instant.ts';

const Tags = z.object({
  contact: z.tuple([ContactId]), enrolment: z.tuple([EnrolmentId]), step: z.tuple([Name]), leg: z.tuple([z.coerce.number().int().min(0)]),
});

/**
 * What Amazon SES publishes of a mail, cut down on arrival: recipients, subject and headers in it are never read.
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const MailEvent = z.object({
  eventType: z.string(),
  mail: z.object({ messageId: z.string(), timestamp: z.string(), tags: Tags.optional() }),
  bounce: z.object({ bounceType: z.string(), timestamp: z.string() }).optional(),
  complaint: z.object({ timestamp: z.string() }).optional(),
  delivery: z.object({ timestamp: z.string() }).optional(),
});
export type MailEvent = z.infer<typeof MailEvent>;

export type IngestPorts = WakePorts & {
  readonly ledger: SendOutcomes;
  readonly contacts: Pick<ContactStore, 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
};

type Mark = { readonly bounce: { kind: 'hard' | 'soft' } } | { readonly complaint: true };

/** Marks the address that mail goes to, once; the next decision refuses on it. */
const markAddress = (contacts: IngestPorts['contacts'], send: SendKey, messageId: string, at: Instant, mark: Mark) =>
  contacts.update(send.contact, (record) => {
    const index = record.standing.addresses.findIndex(({ channel, holder }) => channel === 'email' && holder === 'individual');
    const address = record.standing.addresses[index];
    if (address === undefined || address.bounce?.id === messageId || address.complaint?.id === messageId) return record;
    // A soft bounce never takes the place of a hard one.
    if ('bounce' in mark && address.bounce?.kind === 'hard') return record;
    const marked = 'bounce' in mark
      ? { ...address, bounce: { id: messageId, kind: mark.bounce.kind, at } }
      : { ...address, complaint: { id: messageId, at } };
    return { ...record, standing: { ...record.standing, addresses: record.standing.addresses.with(index, marked) } };
  });

/**
 * A bounce is an event, under the id of its mail, before the address is marked: a run that waits for it goes on. Told of
 * again, it is no change.
 */
const bounced = async (ports: IngestPorts, send: SendKey, mail: Taken, at: Instant, kind: 'hard' | 'soft'): Promise<void> => {
  const { messageId: id } = mail;
  await ports.ledger.bounced(send, mail, at);
  await wake(ports, send.contact, { type: 'bounce', id, at, enrolment: send.enrolment, step: send.step, leg: send.leg, kind });
  await markAddress(ports.contacts, send, id, at, { bounce: { kind } });
};

/**
 * Settles sends by what the mail service tells, wakes who waits for a bounce, and stops mail to addresses that bounce for good or complain, the
 * journeys under way there included.
 */
export const ingestMailEvents = (ports: IngestPorts) => async (event: MailEvent): Promise<void> => {
  const { ledger, contacts, withdraw } = ports;
  const { tags, messageId, timestamp } = event.mail;
  if (tags === undefined) return;
  const mail: Taken = { messageId, takenAt: parseInstant(timestamp) };
  const send: SendKey = { contact: tags.contact[0], enrolment: tags.enrolment[0], step: tags.step[0], leg: tags.leg[0] };
  if (event.eventType === 'DeliveryDelay') await ledger.taken(send, mail);
  if (event.delivery !== undefined) await ledger.delivered(send, mail, parseInstant(event.delivery.timestamp));
  if (event.bounce !== undefined) {
    await bounced(ports, send, mail, parseInstant(event.bounce.timestamp), event.bounce.bounceType === 'Permanent' ? 'hard' : 'soft');
  }
  if (event.complaint !== undefined) {
    const at = parseInstant(event.complaint.timestamp);
    await ledger.complained(send, mail, at);
    await markAddress(contacts, send, messageId, at, { complaint: true });
  }
  if (event.bounce?.bounceType === 'Permanent' || event.complaint !== undefined) await withdraw(tags.contact[0]);
};
