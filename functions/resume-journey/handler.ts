import * as z from 'zod';
import { dueShards } from '../../lib/core/engine/enrolment.ts';
import { CatchUp, phaseOf } from '../../lib/core/engine/journey-state.ts';
import type { JourneyState } from '../../lib/core/engine/journey-state.ts';
import { ensureKnown } from '../../lib/core/engine/known.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { Name } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, VersionNumbers, WorkQueue } from '../../lib/core/ports.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

const weekMinutes = 10_080;

/** `POST /journeys/{journey}/resumption`. Asking once more in the same words is no change. */
export const ResumptionRequest = z.strictObject({
  journey: Name,
  /**
   * What becomes of those whose time came during the pause: `go-on` with what was due, a window reckoned anew, or `exit`.
   * Who entered meanwhile, or was answered by an event, goes on either way.
   */
  catchUp: CatchUp,
  /** They go on evenly over so many minutes. */
  spreadMinutes: z.int().min(0).max(weekMinutes),
});
export type ResumptionRequest = z.infer<typeof ResumptionRequest>;

export type ResumptionPorts = {
  readonly states: Pick<JourneyStates, 'of' | 'resume'>;
  readonly versions: VersionNumbers;
  readonly queue: WorkQueue;
  readonly clock: Clock;
};

/** What an interrupted call left, where it was asked for in the same words. */
const again = (state: JourneyState, catchUp: CatchUp, spreadSeconds: number): JourneyState => {
  const { journey, resumption } = state;
  if (resumption?.catchUp === catchUp && resumption.spreadSeconds === spreadSeconds) return state;
  throw new SendwellError('journey.not-paused', { journey });
};

/** From the answer on the journey takes up again; those whom it held follow through a queue, a page at a time. */
export const resumeJourney = ({ states, versions, queue, clock }: ResumptionPorts) =>
  async ({ journey, catchUp, spreadMinutes }: ResumptionRequest, { caller }: ApiRequest): Promise<ApiAnswer> => {
    await ensureKnown(versions, journey);
    const spreadSeconds = spreadMinutes * 60;
    const resumed = await states.resume(journey, { at: clock.now(), by: caller, catchUp, spreadSeconds });
    const state = resumed ?? again(await states.of(journey), catchUp, spreadSeconds);
    const at = state.resumption?.at;
    await queue.send(Array.from({ length: dueShards }, (_, shard) => ({ release: { journey, at, shard } })));
    return { status: 202, json: { journey, state: phaseOf(state), resumption: state.resumption } };
  };
