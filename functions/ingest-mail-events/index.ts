import { appKeys } from '../../lib/aws/app-keys.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { ledger } from '../../lib/aws/ledger.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { waking } from '../../lib/aws/waking.ts';
import { withdrawing } from '../../lib/aws/withdrawing.ts';
import { queueEntry } from '../middleware.ts';
import { ingestMailEvents, MailEvent } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const contactsTable = required(env.contactsTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const journeysTable = required(env.journeysTable);
  const store = contacts(runtime, { table: contactsTable, vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable });
  return queueEntry(MailEvent, ingestMailEvents({
    ...waking(runtime, { journeysTable, machinePrefix: required(env.machinePrefix) }),
    ledger: ledger(runtime, { table: required(env.ledgerTable), contactsTable }),
    contacts: store,
    withdraw: withdrawing(runtime, { journeysTable, contacts: store, organisation: organisation() }),
  }));
};

export const handler = bind(awsRuntime);
