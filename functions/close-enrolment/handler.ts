import { BurstOver, SendwellError } from '../../lib/core/errors.ts';
import { goOn } from '../../lib/core/engine/arrive.ts';
import { endRun } from '../../lib/core/engine/end-run.ts';
import { failStep } from '../../lib/core/journey/reserved.ts';
import { stepOf } from '../../lib/core/journey/walk.ts';
import { triesPerLeg } from '../../lib/core/engine/enrolment.ts';
import { orFail } from '../../lib/core/engine/fail.ts';
import type { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { Clock, VersionReader } from '../../lib/core/ports.ts';
import { addSeconds } from '../../lib/core/time.ts';

export type ClosePorts = {
  readonly enrolments: EnrolmentStore;
  readonly versions: VersionReader;
  readonly clock: Clock;
};

const firstPauseSeconds = 60;

/**
 * After a fault that may pass, sets the next try one, two, four … minutes ahead instead of leaving it to the lease;
 * after the last try the enrolment fails with `stalled`. Nobody is lost to a passing fault, and nobody is tried for ever.
 */
const tryLater = async ({ enrolments, clock }: ClosePorts, input: TaskInput): Promise<void> => {
  const row = (await enrolments.ofContact(input.contact)).find(({ enrolment }) => enrolment === input.enrolment);
  if (row === undefined || row.seq !== input.seq || row.status !== 'RUNNING') return;
  const tries = row.seq - row.legSeq;
  const now = clock.now();
  if (tries >= triesPerLeg) await enrolments.close(input, input.seq, { status: 'FAILED', ended: 'stalled', at: now });
  else await enrolments.retryAt(input, input.seq, addSeconds(now, firstPauseSeconds * 2 ** (tries - 1)));
};

/** Ends a run at an `end` step as completed, or deals with the failure of a burst. */
export const closeEnrolment = (ports: ClosePorts) => (input: TaskInput): Promise<Payload> =>
  orFail(ports, input, async () => {
    if (input.step === failStep) {
      await tryLater(ports, input);
      return goOn(input);
    }
    const { plan } = await ports.versions.get(input.journey, input.version);
    const step = stepOf(plan, input.step);
    if (step.kind !== 'end') throw new SendwellError('journey.unknown', { journey: plan.journey, step: step.id });
    const row = await endRun(ports, plan, input, step);
    if (row.status !== 'COMPLETED') throw new BurstOver();
    return goOn(input);
  });
