import { counts } from '../../lib/aws/counts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { apiEntry } from '../middleware.ts';
import { deleteVersion, DeletionRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(DeletionRequest, deleteVersion({
    states: journeyStates(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    enrolments: enrolments(runtime, journeysTable),
    counts: counts(runtime, journeysTable),
  }));
};

export const handler = bind(awsRuntime);
