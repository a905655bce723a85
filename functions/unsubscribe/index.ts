import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { pageToken } from '../../lib/core/link/page-token.ts';
import { newPageId } from '../../lib/aws/page-id.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { readLinkToken } from '../../lib/core/link/token.ts';
import { pageEntry } from '../middleware.ts';
import { unsubscribe, UnsubscribeRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const keys = appKeys(runtime, keyring);
  const journeysTable = required(env.journeysTable);
  const store = contacts(runtime, { table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: keys, journeysTable });
  const sender = organisation();
  return pageEntry(UnsubscribeRequest, unsubscribe({
    readLink: async (token) => readLinkToken(await keys.links(), token),
    sealPreferences: async (link) => pageToken(await keys.links(), 'preferences', link),
    newId: newPageId,
    contacts: store,
    withdraw: withdrawing(runtime, { journeysTable, contacts: store, organisation: sender }),
    organisation: sender,
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
