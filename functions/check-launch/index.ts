import { appKeys } from '../../lib/aws/app-keys.ts';
import { contactStore } from '../../lib/aws/contacts.ts';
import { counts } from '../../lib/aws/counts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { commercialStream } from '../../lib/aws/stream.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { apiEntry } from '../middleware.ts';
import { checkLaunch, LaunchRequest } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return apiEntry(LaunchRequest, checkLaunch({
    contacts: contactStore(runtime, {
      table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
      segments: segments(runtime, journeysTable),
    }),
    versions: versions(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    stream: commercialStream(runtime, counts(runtime, journeysTable)),
    organisation: organisation(),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
