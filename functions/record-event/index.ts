import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { eventDefinitions } from '../../lib/aws/event-definitions.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { waking } from '../../lib/aws/waking.ts';
import { apiEntry } from '../middleware.ts';
import { EventRequest, recordEvent } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return apiEntry(EventRequest, recordEvent({
    ...waking(runtime, { journeysTable, machinePrefix: required(env.machinePrefix) }),
    definitions: eventDefinitions(runtime, journeysTable),
    contacts: contacts(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
    }),
  }));
};

export const handler = bind(awsRuntime);
