import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import { sendHistory } from '../../lib/aws/ledger.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { apiEntry } from '../middleware.ts';
import { readTimeline, TimelineRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(TimelineRequest, readTimeline({
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    ledger: sendHistory(runtime, required(env.ledgerTable)),
    clock: runtime.clock,
  }), ['format']);
};

export const handler = bind(awsRuntime);
