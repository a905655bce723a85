import * as z from 'zod';
import { triesPerLeg } from '../../lib/core/engine/enrolment.ts';
import { isPaused } from '../../lib/core/engine/journey-state.ts';
import { ContactId, EnrolmentId, Name } from '../../lib/core/ids.ts';
import type { Clock, Due, EnrolmentStore, JourneyStates, Machines } from '../../lib/core/ports.ts';

export const ResumeMessage = z.strictObject({
  due: z.array(z.strictObject({
    contact: ContactId, enrolment: EnrolmentId, seq: z.int().min(0), journey: Name.optional(),
  })).min(1).max(100),
});
export type ResumeMessage = z.infer<typeof ResumeMessage>;

export type ResumePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'close' | 'hold'>;
  readonly states: Pick<JourneyStates, 'all'>;
  readonly machines: Machines;
  readonly clock: Clock;
};

const resume = async (
  { enrolments, machines, clock }: ResumePorts, paused: ReadonlySet<string>, { seq, journey, ...key }: Due,
): Promise<void> => {
  const now = clock.now();
  if (journey !== undefined && paused.has(journey)) {
    await enrolments.hold({ ...key, journey }, seq, now, { due: true });
    return;
  }
  const claim = await enrolments.claim(key, seq, now, { due: true });
  // Somebody else claimed it first, or an event did: nothing is left to do.
  if (!claim.done) return;
  if (claim.row.seq - claim.row.legSeq > triesPerLeg) {
    await enrolments.close(key, claim.row.seq, { status: 'FAILED', ended: 'stalled', at: now });
    return;
  }
  await machines.start(claim.row);
};

/**
 * Claims due enrolments and starts their bursts; those of a paused journey it sets apart instead. How the journeys stand
 * is read once for a message. A message that failed in part may be repeated as a whole: what was
 * claimed before is no longer due. What fails for good stays on the due index and comes back with a later sweep.
 */
export const resumeEnrolment = (ports: ResumePorts) => async ({ due }: ResumeMessage): Promise<void> => {
  const paused = new Set([...(await ports.states.all()).values()].filter(isPaused).map(({ journey }) => journey));
  const outcomes = await Promise.allSettled(due.map((row) => resume(ports, paused, row)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
