import type { EnrolmentStore, EventLog, Machines, Clock } from '../ports.ts';
import type { ContactEvent } from './event.ts';
import { answeredBy } from './event.ts';

export type WakePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'ofContact'>;
  readonly events: EventLog;
  readonly machines: Machines;
  readonly clock: Clock;
};

/**
 * Records an event, then resumes each of the contact's enrolments that waits for it. Recorded first and looked for
 * second, while a wait parks first and looks for events second: whichever comes later sees the other. Doing it again
 * with the same event is no change. Gives the number of enrolments that this call resumed.
 */
export const wake = async (
  { enrolments, events, machines, clock }: WakePorts, contact: string, event: ContactEvent,
): Promise<number> => {
  await events.record(contact, event);
  const parked = (await enrolments.ofContact(contact)).filter((enrolment) => enrolment.status === 'PARKED');
  let resumed = 0;
  for (const enrolment of parked) {
    const waiter = answeredBy(enrolment, [event]);
    if (waiter === undefined) continue;
    const claim = await enrolments.claim(enrolment, enrolment.seq, clock.now(), { waiter });
    if (!claim.done) continue;
    await machines.start(claim.row);
    resumed += 1;
  }
  return resumed;
};
