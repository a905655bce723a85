import type { Clock, EventLog, JourneyStates, Machines, VersionReader } from '../ports.ts';
import type { EnrolmentStore } from './enrolment-store.ts';
import type { Answer, Knowing } from './answer.ts';
import { answeredBy } from './answer.ts';
import { newMarks } from './engagement.ts';
import type { Enrolment } from './enrolment.ts';
import type { ContactEvent } from './event.ts';
import { eventKey } from './event.ts';
import { isPaused } from './journey-state.ts';

export type AnswerPorts = {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'hold'>;
  readonly states: Pick<JourneyStates, 'of'>;
  readonly versions: VersionReader;
  readonly machines: Machines;
  readonly clock: Clock;
};

export type WakePorts = AnswerPorts & {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'engage' | 'hold' | 'ofContact'>;
  readonly events: Pick<EventLog, 'record'>;
};

/** The waiter of a parked run that is answered, and the event that answers it, where one does. */
export type Answered = Pick<Answer, 'waiter'> & Partial<Answer> & {
  /** What is to be kept of the run's mails in the same write. */
  readonly marks?: readonly string[];
};

/** A move to another version, or a pause, may come in between; more of them than this in the time of a write do not happen. */
const tries = 5;

/**
 * Resumes a parked run that `answering` finds an answer for; true where this call did. In a paused journey the run is
 * kept at its wait with the answer, so that it goes on with the event when the journey is resumed, even where the time
 * of the wait is over by then.
 */
export const answer = async (
  { enrolments, states, machines, clock }: Omit<AnswerPorts, 'versions'>, run: Enrolment,
  answering: (run: Enrolment) => Promise<Answered | undefined>,
): Promise<boolean> => {
  let row: Enrolment | undefined = run;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (row?.status !== 'PARKED') return false;
    const answered = await answering(row);
    if (answered === undefined) return false;
    const by = { seq: row.seq, waiter: answered.waiter, event: answered.event === undefined ? undefined : eventKey(answered.event), marks: answered.marks ?? [] };
    if (row.held !== undefined || isPaused(await states.of(row.journey))) {
      const kept = await enrolments.hold(row, clock.now(), by);
      if (kept.done) return false;
      row = kept.row;
      continue;
    }
    const claim = await enrolments.claim(row, clock.now(), by);
    if (claim.done) {
      await machines.start(claim.row);
      return true;
    }
    row = claim.row;
  }
  return false;
};

/** The plan where the run waits for an event with a filter, which stands in the plan alone. */
const planForFilters = async ({ versions }: Pick<AnswerPorts, 'versions'>, { waiters = [], journey, version }: Enrolment): Promise<Knowing['plan']> =>
  (waiters.some((waiter) => waiter.type === 'api' && waiter.filtered === true) ? (await versions.get(journey, version)).plan : undefined);

/** What filters on attributes are judged on. */
export type About = Pick<Knowing, 'attributesOf' | 'zone'>;

/** Finds what answers a run among events. */
export const among = (ports: Pick<AnswerPorts, 'versions' | 'clock'>, events: readonly ContactEvent[], about: About = {}) =>
  async (run: Enrolment): Promise<Answer | undefined> =>
    answeredBy(run, events, { ...about, now: ports.clock.now(), plan: await planForFilters(ports, run) });

/**
 * Resumes a run that events answer, and keeps what they say of its mails: in the write that resumes it, else in one of
 * its own. True where this call resumed it.
 */
export const answerAndMark = async (
  ports: AnswerPorts & { readonly enrolments: Pick<EnrolmentStore, 'claim' | 'engage' | 'hold'> },
  run: Enrolment, events: readonly ContactEvent[], about?: About,
): Promise<boolean> => {
  const marks = newMarks(run, events, ports.clock.now());
  const resumed = await answer(ports, run, async (row) => {
    const found = await among(ports, events, about)(row);
    return found === undefined ? undefined : { ...found, marks };
  });
  if (!resumed && marks.length > 0) await ports.enrolments.engage(run, marks);
  return resumed;
};

/**
 * Records an event, then resumes each of the contact's enrolments that waits for it. Recorded first and looked for
 * second, while a wait parks first and looks for events second: whichever comes later sees the other. Doing it again
 * with the same event is no change. Gives the number of enrolments that this call resumed.
 */
export const wake = async (ports: WakePorts, contact: string, event: ContactEvent, about?: About): Promise<number> => {
  await ports.events.record(contact, event);
  const runs = await ports.enrolments.ofContact(contact);
  let resumed = 0;
  for (const run of runs) if (await answerAndMark(ports, run, [event], about)) resumed += 1;
  return resumed;
};
