import { recordFacts } from '../contact/fields.ts';
import type { ContactStore } from '../contact/store.ts';
import { SendwellError } from '../errors.ts';
import type { ContactId } from '../ids.ts';
import type { Clock, EnrolmentStore, EventLog } from '../ports.ts';
import { type Facts, noFacts } from '../segment/facts.ts';
import type { Needs } from '../segment/needs.ts';
import type { Instant } from '../time.ts';
import { settled } from './scanner.ts';

export type FactPorts = {
  readonly contacts: Pick<ContactStore, 'open' | 'zone' | 'segmentsOf'>;
  readonly events: Pick<EventLog, 'since'>;
  readonly enrolments: Pick<EnrolmentStore, 'ofContact'>;
  readonly clock: Clock;
};

const beginning = '0000-01-01T00:00:00.000Z' as Instant;

/** The zone costs one read; the record costs a decryption, and has the zone too. */
const aboutContact = async (
  { contacts }: FactPorts, contact: ContactId, needs: Needs, now: Instant,
): Promise<Partial<Facts>> => {
  if (needs.record) {
    const opened = await contacts.open(contact);
    if (opened === undefined) throw new SendwellError('contact.unknown', { contact });
    return recordFacts(opened.record.open(), now);
  }
  if (!needs.zone) return {};
  const zone = await contacts.zone(contact);
  if (zone === undefined) throw new SendwellError('contact.unknown', { contact });
  return { zone };
};

/** Reads of a contact what conditions need and nothing else. Throws `contact.unknown`. */
export const loadFacts = async (ports: FactPorts, contact: ContactId, needs: Needs): Promise<Facts> => {
  const now = ports.clock.now();
  const [known, segments, events, enrolments] = await Promise.all([
    aboutContact(ports, contact, needs, now),
    needs.segments ? ports.contacts.segmentsOf(contact) : [],
    needs.events ? ports.events.since(contact, beginning) : [],
    needs.journeys ? ports.enrolments.ofContact(contact) : [],
  ]);
  const journeys = new Map(enrolments.map(({ enrolment, journey }) => [enrolment, journey]));
  return {
    ...noFacts(now), ...known, segments: new Set(segments), events: settled(events, now), journeyOf: (enrolment) => journeys.get(enrolment),
  };
};
