import type { ContactId } from '../ids.ts';
import type { EnrolmentStore, EventLog } from '../ports.ts';
import { readSince } from './answer.ts';
import type { Enrolment } from './enrolment.ts';
import type { AnswerPorts } from './wake.ts';
import { among, answer } from './wake.ts';

export type ConfirmPorts = AnswerPorts & {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'hold' | 'ofContact'>;
  readonly events: Pick<EventLog, 'since'>;
};

const waitsForClick = ({ waiters = [] }: Enrolment): boolean => waiters.some(({ type }) => type === 'click');

/**
 * Resumes whoever waits for a click that shows to be a person's by now: its mail has several links, and the time in
 * which a scanner would have followed them all is over. Gives the number of runs that this call resumed.
 */
export const confirmClicks = async (ports: ConfirmPorts, contact: ContactId): Promise<number> => {
  let resumed = 0;
  for (const run of (await ports.enrolments.ofContact(contact)).filter(waitsForClick)) {
    const done = await answer(ports, run, async (row) => {
      const events = await ports.events.since(contact, readSince(row) ?? ports.clock.now());
      return among(ports, events.filter(({ type }) => type === 'click'))(row);
    });
    if (done) resumed += 1;
  }
  return resumed;
};
