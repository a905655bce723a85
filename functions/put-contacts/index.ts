import { randomBytes } from 'node:crypto';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { contactIdBytes, contactIdOf } from '../../lib/core/contact/id.ts';
import { apiEntry } from '../middleware.ts';
import { putContacts, PutContactsRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return apiEntry(PutContactsRequest, putContacts({
    contacts: contacts(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring),
    }),
    newId: () => contactIdOf(randomBytes(contactIdBytes)),
    segments: segments(),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
