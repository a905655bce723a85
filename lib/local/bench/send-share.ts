import { appKeys } from '../../aws/app-keys.ts';
import { contacts } from '../../aws/contacts.ts';
import { env, required } from '../../aws/env.ts';
import { organisation } from '../../aws/organisation.ts';
import type { Runtime } from '../../aws/runtime.ts';
import { awsRuntime } from '../../aws/runtime.ts';
import { vault } from '../../aws/vault.ts';
import { versions } from '../../aws/versions.ts';
import { decide } from '../../core/consent/decide.ts';
import { addressOf, contactFor, messageFor, policyFor } from '../../core/engine/message.ts';
import { ContactId } from '../../core/ids.ts';
import { ask } from '../demo/ask.ts';
import type { Platform } from '../platform.ts';
import { localKeyId } from '../safety.ts';
import { median } from './median.ts';

/** What the consent engine takes of a send. */
export type SendShare = {
  readonly sends: number;
  /** Of a whole invocation, one at a time: the median. */
  readonly sendMilliseconds: number;
  /** Of the decision on the very contact and message, validation included: the mean. */
  readonly decideMilliseconds: number;
  /** The second of the first, 0 to 1. */
  readonly share: number;
};

const decideForMilliseconds = 200;

type Input = Parameters<typeof decide>;

/** What the send of each contact decides on, read from the tables as the function reads it. */
const inputsOf = async (platform: Pick<Platform, 'clock'>, journey: string, people: readonly string[]): Promise<readonly Input[]> => {
  const runtime: Runtime = { ...awsRuntime, clock: platform.clock, clientConfig: { credentials: { accessKeyId: localKeyId, secretAccessKey: localKeyId } } };
  const keyring = { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) };
  const journeysTable = required(env.journeysTable);
  const store = contacts(runtime, {
    table: required(env.contactsTable), vault: vault(runtime, keyring), appKeys: appKeys(runtime, keyring), journeysTable,
  });
  const { plan } = await versions(runtime, journeysTable).get(journey, 1);
  const sender = organisation();
  const now = platform.clock.now();
  return Promise.all(people.map(async (id): Promise<Input> => {
    const contact = ContactId.parse(id);
    const opened = await store.open(contact);
    if (opened === undefined) throw new Error('a contact is gone');
    const record = opened.record.open();
    const message = messageFor(plan, sender, id, addressOf(record)?.address_id ?? '', 0);
    return [contactFor(contact, record, opened.gate.recent), message, now, policyFor(record, sender)];
  }));
};

const meanOf = (inputs: readonly Input[]): number => {
  const decideFor = (limit: number): number => {
    const began = performance.now();
    let decided = 0;
    while (performance.now() - began < limit) {
      for (const input of inputs) decide(...input);
      decided += inputs.length;
    }
    return (performance.now() - began) / decided;
  };
  decideFor(decideForMilliseconds / 5);
  return decideFor(decideForMilliseconds);
};

/**
 * Sends the first mail of a journey to some contacts, one after the other, so that no invocation waits for another.
 *
 * @param times Milliseconds of the invocations that sent so far; the platform's observer adds to it.
 */
export const measureSendShare = async (
  platform: Pick<Platform, 'call' | 'settle' | 'clock'>, journey: string, people: readonly string[], times: readonly number[],
): Promise<SendShare> => {
  const before = times.length;
  for (const contact of people) {
    await ask(platform, 'POST', `/journeys/${journey}/enrolments`, { contacts: [contact] });
    await platform.settle();
  }
  const sent = times.slice(before);
  const sendMilliseconds = median(sent);
  const decideMilliseconds = meanOf(await inputsOf(platform, journey, people));
  return { sends: sent.length, sendMilliseconds, decideMilliseconds, share: decideMilliseconds / sendMilliseconds };
};
