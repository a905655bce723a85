import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { newPageId } from '../../lib/aws/page-id.ts';
import { vault } from '../../lib/aws/vault.ts';
import { readPageToken } from '../../lib/core/link/page-token.ts';
import { pageEntry } from '../middleware.ts';
import { AuthorizationRequest, showAuthorization } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const keys = appKeys(runtime, keyring);
  return pageEntry(AuthorizationRequest, showAuthorization({
    readLink: async (token) => readPageToken(await keys.links(), 'authorization', token, runtime.clock.now()),
    contacts: contacts(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: keys, journeysTable: required(env.journeysTable),
    }),
    organisation: organisation(),
    newId: newPageId,
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
