import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { zones } from '../../lib/aws/zones.ts';
import { TaskInput } from '../../lib/core/engine/payload.ts';
import { taskEntry } from '../middleware.ts';
import { parkEnrolment } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return taskEntry(TaskInput, parkEnrolment({
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    contacts: zones(runtime, required(env.contactsTable)),
    versions: versions(runtime, journeysTable),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
