import { env, required } from '../../lib/aws/env.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { apiEntry } from '../middleware.ts';
import { listMembers, ListRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(ListRequest, listMembers({
    contacts: memberships(runtime, { table: required(env.contactsTable), journeysTable, segments: segments(runtime, journeysTable) }),
  }), ['cursor', 'format']);
};

export const handler = bind(awsRuntime);
