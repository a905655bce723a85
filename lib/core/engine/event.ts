import * as z from 'zod';
import { EnrolmentId, EventName, Name } from '../ids.ts';
import { Instant } from '../time.ts';
import type { Enrolment, Waiter } from './enrolment.ts';
import { legBegan, readVisit } from './enrolment.ts';

/** Something a contact did. Kept by contact and time, so that an event before the wait still counts. No PHI. */
export const ContactEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('click'),
    id: z.string().min(1).max(300),
    at: Instant,
    enrolment: EnrolmentId,
    step: Name,
    link: Name,
    /** Made by a mail scanner rather than a person; recorded, and never wakes a wait. */
    automated: z.boolean(),
  }),
  z.strictObject({ type: z.literal('api'), id: z.string().min(1).max(300), at: Instant, name: EventName }),
]);
export type ContactEvent = z.infer<typeof ContactEvent>;

const answers = (waiter: Waiter, event: ContactEvent, enrolment: Enrolment): boolean => {
  if (waiter.type === 'click') {
    return event.type === 'click' && !event.automated && event.enrolment === enrolment.enrolment
      && event.step === waiter.of && event.link === waiter.link;
  }
  return event.type === 'api' && event.name === waiter.name;
};

/** From when on an event counts: a click since its mail was sent, any other since the contact set out on this leg. */
export const countsSince = (waiter: Waiter, enrolment: Enrolment): Instant => {
  const sent = waiter.type === 'click' ? enrolment.visited[waiter.of] : undefined;
  return sent === undefined ? legBegan(enrolment) : readVisit(sent).at;
};

/** The first of the enrolment's waiters, in the author's order, that one of these events answers. */
export const answeredBy = (enrolment: Enrolment, events: readonly ContactEvent[]): Waiter | undefined =>
  enrolment.waiters?.find((waiter) =>
    events.some((event) => event.at >= countsSince(waiter, enrolment) && answers(waiter, event, enrolment)));
