import * as z from 'zod';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { counts } from '../../lib/aws/counts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { publishMetrics } from '../../lib/aws/metrics.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { withdrawals } from '../../lib/aws/withdrawals.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { taskEntry } from '../middleware.ts';
import { checkInvariants } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const store = contacts(runtime, {
    table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
  });
  const check = checkInvariants({
    versions: versions(runtime, journeysTable),
    counts: counts(runtime, journeysTable),
    enrolments: enrolments(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    queue: queue(runtime, required(env.moveQueue)),
    withdrawals: withdrawals(runtime, journeysTable),
    withdraw: withdrawing(runtime, { journeysTable, contacts: store, organisation: organisation() }),
    clock: runtime.clock,
  });
  return taskEntry(z.unknown(), async () => {
    const checked = await check();
    publishMetrics({
      versionsWithSomebodyLost: checked.lost.length, enrolmentsOverdue: checked.overdue, enrolmentsHeldTooLong: checked.heldTooLong,
      withdrawalsPending: checked.withdrawalsPending, oldestWithdrawalSeconds: checked.oldestWithdrawalSeconds,
    });
    return checked;
  });
};

export const handler = bind(awsRuntime);
