import type { Clock, EnrolmentStore, EventLog, JourneyStates, Machines } from '../ports.ts';
import type { Enrolment } from './enrolment.ts';
import type { ContactEvent } from './event.ts';
import { answeredBy } from './event.ts';
import { isPaused } from './journey-state.ts';

export type AnswerPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'hold'>;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly machines: Machines;
  readonly clock: Clock;
};

export type WakePorts = AnswerPorts & {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'hold' | 'ofContact'>;
  readonly events: EventLog;
};

/** A move to another version, or a pause, may come in between; more of them than this in the time of a write do not happen. */
const tries = 5;

/**
 * Resumes a parked run that one of these events answers; true where this call did. In a paused journey the run is kept
 * at its wait with the answer, so that it goes on with the event when the journey is resumed, even where the time of the
 * wait is over by then.
 */
export const answer = async (
  { enrolments, states, machines, clock }: AnswerPorts, run: Enrolment, events: readonly ContactEvent[],
): Promise<boolean> => {
  let row: Enrolment | undefined = run;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (row?.status !== 'PARKED') return false;
    const waiter = answeredBy(row, events);
    if (waiter === undefined) return false;
    if (row.held !== undefined || isPaused(await states.of(row.journey))) {
      const kept = await enrolments.hold(row, row.seq, clock.now(), { waiter });
      if (kept.done) return false;
      row = kept.row;
      continue;
    }
    const claim = await enrolments.claim(row, row.seq, clock.now(), { waiter });
    if (claim.done) {
      await machines.start(claim.row);
      return true;
    }
    row = claim.row;
  }
  return false;
};

/**
 * Records an event, then resumes each of the contact's enrolments that waits for it. Recorded first and looked for
 * second, while a wait parks first and looks for events second: whichever comes later sees the other. Doing it again
 * with the same event is no change. Gives the number of enrolments that this call resumed.
 */
export const wake = async (ports: WakePorts, contact: string, event: ContactEvent): Promise<number> => {
  await ports.events.record(contact, event);
  const runs = await ports.enrolments.ofContact(contact);
  let resumed = 0;
  for (const run of runs) if (await answer(ports, run, [event])) resumed += 1;
  return resumed;
};
