import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { apiEntry } from '../middleware.ts';
import { retireJourney, RetireRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(RetireRequest, retireJourney({
    states: journeyStates(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
