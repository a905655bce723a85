import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { events } from '../../lib/aws/events.ts';
import { machines } from '../../lib/aws/machines.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import { runFacts } from '../../lib/aws/run-facts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { timers } from '../../lib/aws/timers.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { TaskInput } from '../../lib/core/engine/payload.ts';
import { taskEntry } from '../middleware.ts';
import { parkEnrolment } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const contactsTable = required(env.contactsTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const known = contacts(runtime, {
    table: contactsTable, vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
  });
  const catalogue = segments(runtime, journeysTable);
  return taskEntry(TaskInput, parkEnrolment({
    enrolments: enrolments(runtime, journeysTable),
    events: events(runtime, journeysTable),
    contacts: { ...known, ...memberships(runtime, { table: contactsTable, journeysTable, segments: catalogue }) },
    segments: catalogue,
    timers: timers(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    runFacts: runFacts(runtime, journeysTable),
    machines: machines(runtime, required(env.machinePrefix)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
