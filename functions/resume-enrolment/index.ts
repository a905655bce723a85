import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { queueEntry } from '../middleware.ts';
import { ResumeMessage, resumeEnrolment } from './handler.ts';

export const bind = (runtime: Runtime) => {
  return queueEntry(ResumeMessage, resumeEnrolment({
    enrolments: enrolments(runtime, required(env.journeysTable)),
    states: journeyStates(runtime, required(env.journeysTable)),
    machines: machines(runtime, required(env.machinePrefix)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
