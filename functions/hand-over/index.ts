import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { machines } from '../../lib/aws/machines.ts';
import { openJourneys } from '../../lib/aws/open-journeys.ts';
import { runFacts } from '../../lib/aws/run-facts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { TaskInput } from '../../lib/core/engine/payload.ts';
import { taskEntry } from '../middleware.ts';
import { handOver } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const published = versions(runtime, journeysTable);
  const states = journeyStates(runtime, journeysTable);
  return taskEntry(TaskInput, handOver({
    enrolments: enrolments(runtime, journeysTable),
    contacts: contacts(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
    }),
    versions: published,
    journeys: openJourneys(runtime, { versions: published, states }),
    states,
    runFacts: runFacts(runtime, journeysTable),
    machines: machines(runtime, required(env.machinePrefix)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
