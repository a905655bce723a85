import * as z from 'zod';
import { phaseOf } from '../../lib/core/engine/journey-state.ts';
import { ensureKnown } from '../../lib/core/engine/known.ts';
import { Name } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, VersionNumbers } from '../../lib/core/ports.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

/** `POST /journeys/{journey}/retirement`. Retiring a retired journey is no change. */
export const RetireRequest = z.strictObject({ journey: Name });
export type RetireRequest = z.infer<typeof RetireRequest>;

export type RetirePorts = {
  readonly states: Pick<JourneyStates, 'retire'>;
  readonly versions: VersionNumbers;
  readonly clock: Clock;
};

/** The journey takes no new entries; runs under way go on to their end. Publishing a version undoes it. */
export const retireJourney = ({ states, versions, clock }: RetirePorts) =>
  async ({ journey }: RetireRequest, { caller }: ApiRequest): Promise<ApiAnswer> => {
    await ensureKnown(versions, journey);
    const state = await states.retire(journey, { at: clock.now(), by: caller });
    return { status: 200, json: { journey, state: phaseOf(state), retiredSince: state.retired?.at, by: state.retired?.by } };
  };
