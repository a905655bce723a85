import { enrolmentIdOf } from '../digest.ts';
import type { ContactId } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import type { Clock, EnrolmentStore, Machines } from '../ports.ts';
import { addSeconds } from '../time.ts';
import type { Enrolment } from './enrolment.ts';
import { leaseSeconds } from './enrolment.ts';

export type EnterPorts = { readonly enrolments: Pick<EnrolmentStore, 'enter'>; readonly machines: Machines; readonly clock: Clock };

/**
 * Enters a contact into a version of a journey and starts its first burst. The lease is on the due index from the
 * first write on, so a crash before the start comes back by itself. False when the contact entered before.
 */
export const enter = async (
  { enrolments, machines, clock }: EnterPorts, plan: Plan, version: number, contact: ContactId,
): Promise<boolean> => {
  const now = clock.now();
  const enrolment: Enrolment = {
    contact,
    enrolment: await enrolmentIdOf(contact, plan.journey, 'once'),
    journey: plan.journey,
    version,
    status: 'RUNNING',
    step: plan.start,
    seq: 0,
    leg: 0,
    nextLeg: 0,
    legSeq: -1,
    resumeStep: plan.start,
    resumeOutcome: 'none',
    due: addSeconds(now, leaseSeconds),
    visited: {},
    labels: {},
    enteredAt: now,
  };
  if (!await enrolments.enter(enrolment)) return false;
  await machines.start(enrolment);
  return true;
};
