import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { versions } from '../../lib/aws/versions.ts';
import { apiEntry } from '../middleware.ts';
import { EnrolRequest, requestEnrolment } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(EnrolRequest, requestEnrolment({
    contacts: memberships(runtime, {
      table: required(env.contactsTable), journeysTable, segments: segments(runtime, journeysTable),
    }),
    versions: versions(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    queue: queue(runtime, required(env.enrolQueue)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
