import { enrolmentIdOf } from '../digest.ts';
import type { ContactId } from '../ids.ts';
import { groupOf } from '../journey/assign.ts';
import type { Plan } from '../journey/plan.ts';
import { pastGoTos } from '../journey/walk.ts';
import type { Clock, Machines } from '../ports.ts';
import type { EnrolmentStore, RunFact } from './enrolment-store.ts';
import { addSeconds } from '../time.ts';
import type { Enrolment } from './enrolment.ts';
import { leaseSeconds } from './enrolment.ts';
import type { JourneyState } from './journey-state.ts';
import { isPaused, takesEntries } from './journey-state.ts';

export type EnterPorts = { readonly enrolments: Pick<EnrolmentStore, 'enter'>; readonly machines: Machines; readonly clock: Clock };

/**
 * Enters a contact into a version of a journey and starts its first burst. The lease is on the due index from the
 * first write on, so a crash before the start comes back by itself. A paused journey holds the entry at its start; a
 * retired one, and a version that is not published, take none. False when the contact entered before, or is not taken.
 *
 * @param state How the journey stands, read once for the contacts of a batch.
 * @param by The key of the entry and, where an event enters the contact, its attributes.
 */
export const enter = async (
  { enrolments, machines, clock }: EnterPorts, plan: Plan, version: number, state: JourneyState, contact: ContactId,
  { key, fact }: { readonly key: string; readonly fact?: RunFact | undefined } = { key: 'once' },
): Promise<boolean> => {
  if (!takesEntries(state, version)) return false;
  const now = clock.now();
  const group = await groupOf(plan, contact);
  const start = pastGoTos(plan, plan.start);
  const enrolment: Enrolment = {
    contact,
    enrolment: await enrolmentIdOf(contact, plan.journey, key),
    journey: plan.journey,
    version,
    status: 'RUNNING',
    step: start,
    seq: 0,
    leg: 0,
    nextLeg: 0,
    legSeq: -1,
    resumeStep: start,
    resumeOutcome: 'none',
    due: addSeconds(now, leaseSeconds),
    visited: {},
    labels: {},
    ...(group === undefined ? {} : { group }),
    enteredAt: now,
  };
  const along = { fact, told: plan.exits?.some(({ when }) => when !== undefined) ?? false };
  if (isPaused(state)) {
    // Its first burst will be that of its first claim, so the tries are counted from there.
    return enrolments.enter({ ...enrolment, status: 'PARKED', due: now, legSeq: 0, held: 'entry' }, along);
  }
  if (!await enrolments.enter(enrolment, along)) return false;
  await machines.start(enrolment);
  return true;
};
