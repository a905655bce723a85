import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { settling } from '../../lib/aws/settling.ts';
import { timers } from '../../lib/aws/timers.ts';
import { waking } from '../../lib/aws/waking.ts';
import { queueEntry } from '../middleware.ts';
import { fireTimers, TimerMessage } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  return queueEntry(TimerMessage, fireTimers({
    ...settling(runtime, { contactsTable: required(env.contactsTable), journeysTable, keyring }),
    ...waking(runtime, { journeysTable, machinePrefix: required(env.machinePrefix) }),
    timers: timers(runtime, journeysTable),
  }));
};

export const handler = bind(awsRuntime);
