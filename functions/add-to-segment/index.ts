import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { versions } from '../../lib/aws/versions.ts';
import { TaskInput } from '../../lib/core/engine/payload.ts';
import { taskEntry } from '../middleware.ts';
import { addToSegment } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return taskEntry(TaskInput, addToSegment({
    enrolments: enrolments(runtime, journeysTable),
    contacts: memberships(runtime, {
      table: required(env.contactsTable), journeysTable, segments: segments(runtime, journeysTable),
    }),
    versions: versions(runtime, journeysTable),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
