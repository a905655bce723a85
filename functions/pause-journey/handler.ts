import * as z from 'zod';
import { ensureKnown } from '../../lib/core/engine/known.ts';
import { Name } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, VersionNumbers } from '../../lib/core/ports.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

/** `POST /journeys/{journey}/pause`. Pausing a paused journey is no change. */
export const PauseRequest = z.strictObject({ journey: Name });
export type PauseRequest = z.infer<typeof PauseRequest>;

export type PausePorts = {
  readonly states: Pick<JourneyStates, 'pause'>;
  readonly versions: VersionNumbers;
  readonly clock: Clock;
};

/**
 * From the answer on nothing starts in the journey: who is due is held, who enters is held at the start, and an event is
 * kept for when the journey is resumed. A burst that is under way goes on to its next wait, which takes seconds.
 */
export const pauseJourney = ({ states, versions, clock }: PausePorts) =>
  async ({ journey }: PauseRequest, { caller }: ApiRequest): Promise<ApiAnswer> => {
    await ensureKnown(versions, journey);
    const { paused } = await states.pause(journey, { at: clock.now(), by: caller });
    return { status: 200, json: { journey, state: 'paused', since: paused?.at, by: paused?.by } };
  };
