import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { eventDefinitions } from '../../lib/aws/event-definitions.ts';
import { events } from '../../lib/aws/events.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { apiEntry } from '../middleware.ts';
import { EventRequest, recordEvent } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return apiEntry(EventRequest, recordEvent({
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    machines: machines(runtime, required(env.machinePrefix)),
    versions: versions(runtime, journeysTable),
    definitions: eventDefinitions(runtime, journeysTable),
    contacts: contacts(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
    }),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
