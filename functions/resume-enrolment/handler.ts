import * as z from 'zod';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { triesPerLeg } from '../../lib/core/engine/enrolment.ts';
import { isPaused } from '../../lib/core/engine/journey-state.ts';
import { ContactId, EnrolmentId, Name } from '../../lib/core/ids.ts';
import type { Due, EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, JourneyStates, Machines } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';

/** Runs that have come due. A message of an earlier release tells more of each, which is passed over. */
export const ResumeMessage = z.strictObject({
  due: z.array(z.object({ contact: ContactId, enrolment: EnrolmentId, journey: Name.optional() })).min(1).max(100),
});
export type ResumeMessage = z.infer<typeof ResumeMessage>;

export type ResumePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'claim' | 'close' | 'hold' | 'leave'>;
  readonly states: Pick<JourneyStates, 'all'>;
  readonly machines: Machines;
  readonly clock: Clock;
};

/** Whether a burst that a due time began is still at work; its row stands on the due index as it did before. */
const isUnderWay = (row: Enrolment | undefined, now: Instant): row is Enrolment =>
  row?.status === 'RUNNING' && row.lease !== undefined && row.lease > now;

const resume = async (
  { enrolments, machines, clock }: ResumePorts, paused: ReadonlySet<string>, { journey, ...key }: Due,
): Promise<void> => {
  const now = clock.now();
  if (journey !== undefined && paused.has(journey)) {
    await enrolments.hold({ ...key, journey }, now, { due: true });
    return;
  }
  const claim = await enrolments.claim(key, now, { due: true });
  if (!claim.done) {
    // Somebody else claimed it first, or an event did.
    if (isUnderWay(claim.row, now)) await enrolments.leave(claim.row);
    return;
  }
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
