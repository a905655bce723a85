import { env, required } from '../../lib/aws/env.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { settling } from '../../lib/aws/settling.ts';
import { ReviewMessage } from '../../lib/core/engine/review.ts';
import { queueEntry } from '../middleware.ts';
import { reviewContacts } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const ports = settling(runtime, {
    contactsTable: required(env.contactsTable), journeysTable: required(env.journeysTable), keyring,
    machinePrefix: required(env.machinePrefix),
  });
  return queueEntry(ReviewMessage, reviewContacts({ ...ports, queue: queue(runtime, required(env.reviewQueue)) }));
};

export const handler = bind(awsRuntime);
