import * as z from 'zod';
import { counts } from '../../lib/aws/counts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { publishMetrics } from '../../lib/aws/metrics.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { taskEntry } from '../middleware.ts';
import { checkInvariants } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const check = checkInvariants({
    versions: versions(runtime, journeysTable),
    counts: counts(runtime, journeysTable),
    enrolments: enrolments(runtime, journeysTable),
    clock: runtime.clock,
  });
  return taskEntry(z.unknown(), async () => {
    const checked = await check();
    publishMetrics({ versionsWithSomebodyLost: checked.lost.length, enrolmentsOverdue: checked.overdue });
    return checked;
  });
};

export const handler = bind(awsRuntime);
