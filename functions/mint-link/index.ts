import { appKeys } from '../../lib/aws/app-keys.ts';
import { env, required } from '../../lib/aws/env.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import { newPageId } from '../../lib/aws/page-id.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { zones } from '../../lib/aws/zones.ts';
import { pageToken } from '../../lib/core/link/page-token.ts';
import { apiEntry } from '../middleware.ts';
import { LinkRequest, mintLink } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keys = appKeys(runtime, { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) });
  return apiEntry(LinkRequest, mintLink({
    seal: async (kind, link) => pageToken(await keys.links(), kind, link),
    newId: newPageId,
    contacts: zones(runtime, required(env.contactsTable)),
    organisation: organisation(),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
