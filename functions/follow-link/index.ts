import { appKeys } from '../../lib/aws/app-keys.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { versions } from '../../lib/aws/versions.ts';
import { readLinkToken } from '../../lib/core/link/token.ts';
import { apiEntry } from '../middleware.ts';
import { FollowRequest, followLink } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keys = appKeys(runtime, { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) });
  return apiEntry(FollowRequest, followLink({
    readLink: async (token) => readLinkToken(await keys.links(), token),
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    machines: machines(runtime, required(env.machinePrefix)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
