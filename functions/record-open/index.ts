import { appKeys } from '../../lib/aws/app-keys.ts';
import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { waking } from '../../lib/aws/waking.ts';
import { readImageToken } from '../../lib/core/link/open-token.ts';
import { apiEntry } from '../middleware.ts';
import { OpenRequest, recordOpen } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keys = appKeys(runtime, { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) });
  return apiEntry(OpenRequest, recordOpen({
    ...waking(runtime, { journeysTable: required(env.journeysTable), machinePrefix: required(env.machinePrefix) }),
    readImage: async (token) => readImageToken(await keys.links(), token),
  }));
};

export const handler = bind(awsRuntime);
