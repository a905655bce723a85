import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { apiEntry } from '../middleware.ts';
import { readConsents, ReadConsentsRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return apiEntry(ReadConsentsRequest, readConsents({
    contacts: contacts(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring),
      journeysTable: required(env.journeysTable),
    }),
    organisation: organisation(),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
