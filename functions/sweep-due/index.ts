import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import * as z from 'zod';
import { taskEntry } from '../middleware.ts';
import { sweepDue } from './handler.ts';

export const bind = (runtime: Runtime) => {
  return taskEntry(z.unknown(), sweepDue({
    enrolments: enrolments(runtime, required(env.journeysTable)),
    queue: queue(runtime, required(env.resumeQueue)),
    timers: queue(runtime, required(env.timerQueue)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
