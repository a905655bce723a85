import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { settling } from '../../lib/aws/settling.ts';
import { queueEntry } from '../middleware.ts';
import { fireTimers, TimerMessage } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return queueEntry(TimerMessage, fireTimers(settling(runtime, {
    contactsTable: required(env.contactsTable), journeysTable, keyring, machinePrefix: required(env.machinePrefix),
  })));
};

export const handler = bind(awsRuntime);
