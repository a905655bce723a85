import { appKeys } from '../../lib/aws/app-keys.ts';
import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { timers } from '../../lib/aws/timers.ts';
import { waking } from '../../lib/aws/waking.ts';
import { readLinkToken } from '../../lib/core/link/token.ts';
import { apiEntry } from '../middleware.ts';
import { FollowRequest, followLink } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keys = appKeys(runtime, { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) });
  return apiEntry(FollowRequest, followLink({
    readLink: async (token) => readLinkToken(await keys.links(), token),
    timers: timers(runtime, journeysTable),
    ...waking(runtime, { journeysTable, machinePrefix: required(env.machinePrefix) }),
  }));
};

export const handler = bind(awsRuntime);
