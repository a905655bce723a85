import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { zones } from '../../lib/aws/zones.ts';
import { apiEntry } from '../middleware.ts';
import { EventRequest, recordEvent } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(EventRequest, recordEvent({
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    machines: machines(runtime, required(env.machinePrefix)),
    contacts: zones(runtime, required(env.contactsTable)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
