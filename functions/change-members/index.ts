import { env, required } from '../../lib/aws/env.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { zones } from '../../lib/aws/zones.ts';
import { apiEntry } from '../middleware.ts';
import { changeMembers, MembersRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const table = required(env.contactsTable);
  const catalogue = segments(runtime, journeysTable);
  return apiEntry(MembersRequest, changeMembers({
    contacts: { ...zones(runtime, table), ...memberships(runtime, { table, journeysTable, segments: catalogue }) },
    segments: catalogue,
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
