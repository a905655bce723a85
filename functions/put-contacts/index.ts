import { appKeys } from '../../lib/aws/app-keys.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { contactIdBytes, contactIdOf } from '../../lib/core/contact/id.ts';
import { apiEntry } from '../middleware.ts';
import { putContacts, PutContactsRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const journeysTable = required(env.journeysTable);
  const catalogue = segments(runtime, journeysTable);
  const store = contactStore(runtime, {
    table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), segments: catalogue,
    journeysTable,
  });
  return apiEntry(PutContactsRequest, putContacts({
    contacts: store,
    withdraw: withdrawing(runtime, { journeysTable, contacts: store, organisation: organisation() }),
    newId: () => contactIdOf(crypto.getRandomValues(new Uint8Array(contactIdBytes))),
    segments: catalogue,
    events: events(runtime, journeysTable),
    enrolments: enrolments(runtime, journeysTable),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
