import { appKeys } from '../../lib/aws/app-keys.ts';
import { commercialStream } from '../../lib/aws/stream.ts';
import { counts } from '../../lib/aws/counts.ts';
import { contacts } from '../../lib/aws/contacts.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { followUps } from '../../lib/aws/follow-ups.ts';
import { ledger } from '../../lib/aws/ledger.ts';
import { mailer } from '../../lib/aws/mail.ts';
import { organisation } from '../../lib/aws/organisation.ts';
import { runFacts } from '../../lib/aws/run-facts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { vault } from '../../lib/aws/vault.ts';
import { versions } from '../../lib/aws/versions.ts';
import { TaskInput } from '../../lib/core/engine/payload.ts';
import { imageUrl } from '../../lib/core/link/open-token.ts';
import { pageToken, pageUrl } from '../../lib/core/link/page-token.ts';
import { linksOf } from '../../lib/core/link/urls.ts';
import { taskEntry } from '../middleware.ts';
import { sendMessage } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const contactsTable = required(env.contactsTable);
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const keys = appKeys(runtime, keyring);
  const sender = organisation();
  return taskEntry(TaskInput, sendMessage({
    enrolments: enrolments(runtime, journeysTable),
    contacts: contacts(runtime, { table: contactsTable, vault: vault(runtime, keyring), appKeys: keys, journeysTable }),
    versions: versions(runtime, journeysTable),
    runFacts: runFacts(runtime, journeysTable),
    followUps: followUps(runtime, journeysTable),
    ledger: ledger(runtime, { table: required(env.ledgerTable), contactsTable }),
    mailer: mailer(runtime, required(env.configurationSet)),
    linksOf: async (send, names, stop) => linksOf(await keys.links(), sender.linkBase, send, names, stop),
    authorizationUrl: async (link) => pageUrl(sender.linkBase, 'authorization', pageToken(await keys.links(), 'authorization', link)),
    stream: commercialStream(runtime, counts(runtime, journeysTable)),
    imageUrlOf: async (send) => imageUrl(await keys.links(), sender.linkBase, send),
    organisation: sender,
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
