import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { queueEntry } from '../middleware.ts';
import { enrolContacts, EnrolMessage } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const table = required(env.contactsTable);
  return queueEntry(EnrolMessage, enrolContacts({
    enrolments: enrolments(runtime, journeysTable),
    contacts: {
      ...contacts(runtime, { table, vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable }),
      ...memberships(runtime, { table, journeysTable, segments: segments(runtime, journeysTable) }),
    },
    versions: versions(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    queue: queue(runtime, required(env.enrolQueue)),
    machines: machines(runtime, required(env.machinePrefix)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
