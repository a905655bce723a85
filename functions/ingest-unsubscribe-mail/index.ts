import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { readLinkToken } from '../../lib/core/link/token.ts';
import { queueEntry } from '../middleware.ts';
import { ingestUnsubscribeMail, UnsubscribeMail } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const keys = appKeys(runtime, keyring);
  const journeysTable = required(env.journeysTable);
  const store = contacts(runtime, { table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: keys, journeysTable });
  return queueEntry(UnsubscribeMail, ingestUnsubscribeMail({
    readLink: async (token) => readLinkToken(await keys.links(), token),
    contacts: store,
    withdraw: withdrawing(runtime, { journeysTable, contacts: store, organisation: organisation() }),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
