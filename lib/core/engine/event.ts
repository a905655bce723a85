import * as z from 'zod';
import { EnrolmentId, EventName, FieldName, Name, SegmentId } from '../ids.ts';
import { Instant } from '../time.ts';

const event = { id: z.string().min(1).max(300), at: Instant };

/** Which mail it was: a send step, and the leg on which it sent. Events recorded before legs were kept have none. */
const ofMail = { enrolment: EnrolmentId, step: Name, leg: z.int().min(0).optional() };

/** Made by a mail scanner rather than a person; recorded, and never wakes a wait. */
const automated = z.boolean();

/**
 * Something that happened to a contact. Kept by contact and time, so that an event before the wait still counts. No PHI
 * in the clear: ids, names of our own, instants; the attributes of an API event are sealed.
 */
export const ContactEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('click'), ...event, ...ofMail, link: Name, automated,
    /** How many links the mail has. With more than one the click counts once others had their time to come. */
    links: z.int().min(1).optional(),
  }),
  z.strictObject({ type: z.literal('open'), ...event, ...ofMail, automated }),
  /** `hard`: the address takes no mail; `soft`: this mail was given up. */
  z.strictObject({ type: z.literal('bounce'), ...event, ...ofMail, kind: z.enum(['hard', 'soft']) }),
  z.strictObject({
    type: z.literal('api'), ...event, name: EventName,
    /** The attributes as JSON, sealed with the contact's data key as the field {@link eventKey}. */
    sealed: z.instanceof(Uint8Array).optional(),
  }),
  /** Fields of the record that have another value now. */
  z.strictObject({ type: z.literal('change'), ...event, fields: z.array(FieldName).min(1).max(100).readonly() }),
  z.strictObject({ type: z.literal('segment'), ...event, segment: SegmentId, change: z.enum(['joined', 'left']) }),
]);
export type ContactEvent = z.infer<typeof ContactEvent>;
export type EventOf<T extends ContactEvent['type']> = Extract<ContactEvent, { type: T }>;

/** Names an event among those of its contact: the key of its row, and the field that its attributes are sealed as. */
export const eventKey = ({ at, id }: Pick<ContactEvent, 'at' | 'id'>): string => `event#${at}#${id}`;
