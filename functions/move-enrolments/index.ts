import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import { migrations } from '../../lib/aws/migrations.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { versions } from '../../lib/aws/versions.ts';
import { zones } from '../../lib/aws/zones.ts';
import { queueEntry } from '../middleware.ts';
import { moveEnrolments, MoveMessage } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return queueEntry(MoveMessage, moveEnrolments({
    enrolments: enrolments(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    contacts: zones(runtime, required(env.contactsTable)),
    events: events(runtime, journeysTable),
    segments: segments(runtime, journeysTable),
    migrations: migrations(runtime, journeysTable),
    machines: machines(runtime, required(env.machinePrefix)),
    queue: queue(runtime, required(env.moveQueue)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
