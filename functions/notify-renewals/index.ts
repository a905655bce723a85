import * as z from 'zod';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import { queue } from '../../lib/aws/queues.ts';
import { renewals } from '../../lib/aws/renewals.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { taskEntry } from '../middleware.ts';
import { notifyRenewals } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return taskEntry(z.unknown(), notifyRenewals({
    renewals: renewals(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    queue: queue(runtime, required(env.enrolQueue)),
    organisation: organisation(),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
