import { recordFacts } from '../contact/fields.ts';
import type { ContactStore, OpenContact } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import { attributeReader } from '../event/attributes.ts';
import type { ContactId } from '../ids.ts';
import type { Clock, EventLog } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import { type Facts, noFacts } from '../segment/facts.ts';
import type { Needs } from '../segment/needs.ts';
import { Instant } from '../time.ts';
import type { Enrolment } from './enrolment.ts';
import type { ContactEvent } from './event.ts';
import { eventKey } from './event.ts';

export type FactPorts = {
  readonly contacts: Pick<ContactStore, 'open' | 'zone' | 'segmentsOf'>;
  readonly events: Pick<EventLog, 'since'>;
  readonly enrolments: Pick<EnrolmentStore, 'ofContact'>;
  readonly clock: Clock;
};

const beginning = Instant.parse('0000-01-01T00:00:00.000Z');

/** The event that ended the last event wait of a run, where its attributes are asked for. */
const wokenBy = ({ attributes }: Needs, run: Pick<Enrolment, 'wokenBy'> | undefined): string | undefined =>
  (attributes ? run?.wokenBy : undefined);

/** All of the contact's events; only those since the one that woke the run, where nothing else is asked for. */
const eventsFor = async ({ events }: FactPorts, contact: ContactId, needs: Needs, woken: string | undefined): Promise<readonly ContactEvent[]> => {
  if (needs.events) return events.since(contact, beginning);
  const at = Instant.safeParse(woken?.split('#')[1]);
  return at.success ? events.since(contact, at.data) : [];
};

type Opened = { readonly contact: OpenContact | undefined; readonly zone: string | null };

/** One decryption for the record and all attributes; none where neither is asked for. The zone alone costs one read. */
const open = async (
  { contacts }: FactPorts, contact: ContactId, needs: Needs, sealed: readonly { readonly field: string; readonly bytes: Uint8Array }[],
): Promise<Opened> => {
  if (needs.record || sealed.length > 0) {
    const opened = await contacts.open(contact, sealed);
    if (opened === undefined) throw new SendwellError('contact.unknown', { contact });
    return { contact: opened, zone: opened.zone };
  }
  if (!needs.zone) return { contact: undefined, zone: null };
  const zone = await contacts.zone(contact);
  if (zone === undefined) throw new SendwellError('contact.unknown', { contact });
  return { contact: undefined, zone };
};

/**
 * Reads of a contact what conditions need and nothing else. `run` is the one whose conditions they are; its last event is
 * what `attributes` read. Throws `contact.unknown`.
 */
export const loadFacts = async (
  ports: FactPorts, contact: ContactId, needs: Needs, run?: Pick<Enrolment, 'wokenBy'>,
): Promise<Facts> => {
  const now = ports.clock.now();
  const woken = wokenBy(needs, run);
  const [segments, events, enrolments] = await Promise.all([
    needs.segments ? ports.contacts.segmentsOf(contact) : [],
    eventsFor(ports, contact, needs, woken),
    needs.journeys ? ports.enrolments.ofContact(contact) : [],
  ]);
  const sealed = events.flatMap((event) => (event.type === 'api' && event.sealed !== undefined
    && (needs.attributesOf.includes(event.name) || eventKey(event) === woken) ? [{ field: eventKey(event), bytes: event.sealed }] : []));
  const opened = await open(ports, contact, needs, sealed);
  const journeys = new Map(enrolments.map(({ enrolment, journey }) => [enrolment, journey]));
  const attributesAt = (key: string | undefined) => attributeReader(key === undefined ? undefined : opened.contact?.sealed.get(key));
  return {
    ...noFacts(now),
    zone: opened.zone,
    ...(opened.contact === undefined ? {} : recordFacts(opened.contact.record.open(), now)),
    segments: new Set(segments), events,
    journeyOf: (enrolment) => journeys.get(enrolment),
    attributes: attributesAt(woken),
    attributesOf: (event) => attributesAt(eventKey(event)),
  };
};
