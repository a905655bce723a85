import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { proofsOf, publishReminder, putInto, runsOf, sendReminder, storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { importMember, startAt } from './people.ts';
import { synthesized } from './synthesized.ts';

const mailbox = 'unsubscribe@northside.example';

let platform: Platform;
let stores: Stores;
let said: string;
beforeAll(async () => {
  said = '';
  const assembly = synthesized('unsubscribe-mail', { unsubscribeMailbox: mailbox }, { receiveUnsubscribes: 'true' });
  platform = await startPlatform({ assembly, startAt, dailySchedules: false, witness: (...told) => { said += JSON.stringify(told); } });
  stores = storesOf(platform);
  await publishReminder(stores, 'walking', 'health_education');
  await publishReminder(stores, 'visit', 'appointment_reminder');
}, 120_000);
afterAll(() => platform.stop());

/** A contact who got a commercial mail and waits in a journey of care; gives the subject that its header asks for. */
const reached = async (name: string) => {
  const contact = await importMember(platform, name);
  await putInto(stores, platform, 'visit', contact, 'PARKED');
  await sendReminder(platform, await putInto(stores, platform, 'walking', contact, 'RUNNING'));
  const [, address = '', subject = ''] = /<mailto:([^?>]+)\?subject=([^>]+)>/u.exec(platform.mails().at(-1)?.headers['List-Unsubscribe'] ?? '') ?? [];
  return { contact, address, subject: decodeURIComponent(subject) };
};

const receive = async (subject: string, to = mailbox): Promise<boolean> => {
  const taken = await platform.receiveMail({ from: 'quentin.secret@elsewhere.example', to, subject, text: 'Please stop, my knee is worse.' });
  await platform.settle();
  return taken;
};

const consentsOf = async (contact: string) => (await platform.call('GET', `/contacts/${contact}/consents`)).body as {
  readonly current: { readonly suppressions: readonly { readonly scope: string; readonly source: string }[] };
};

test('the mail that the header asks for stops commercial mail at once, with proof, and care goes on', async () => {
  const { contact, address, subject } = await reached('mailer');
  expect(await receive(subject, address)).toBe(true);
  expect((await consentsOf(contact)).current.suppressions).toMatchObject([{ scope: 'commercial', source: 'unsubscribe' }]);
  expect(await runsOf(stores, contact)).toMatchObject({ walking: 'EXITED', visit: 'PARKED' });
  expect(await proofsOf(platform, contact)).toMatchObject([{ cause: 'suppression', ended: [{ journey: 'walking', reason: 'OPTED_OUT_COMMERCIAL' }], secondsTaken: 0 }]);
});

test('it does what the POST does, and both together are one record and one proof', async () => {
  const { contact, subject } = await reached('both-ways');
  const path = `/u/${subject.slice('unsubscribe '.length)}`;
  await platform.call('POST', path, 'List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded' });
  const once = [await consentsOf(contact), await proofsOf(platform, contact)];
  await receive(subject);
  await receive(subject);
  expect([await consentsOf(contact), await proofsOf(platform, contact)]).toEqual(once);
});

test('a subject in capitals, folded or with space around it is read', async () => {
  const { contact, subject } = await reached('folded');
  const token = subject.slice('unsubscribe '.length);
  await receive(` Unsubscribe\r\n ${token.slice(0, 60)}\r\n ${token.slice(60)} `);
  expect((await consentsOf(contact)).current.suppressions).toHaveLength(1);
});

test('a forged, cut or missing token, and one of another link or page, change nothing and are done with', async () => {
  const { contact, subject } = await reached('careful');
  const minted = await platform.call('POST', `/contacts/${contact}/links`, { kind: 'preferences', expiresInDays: 1 });
  const page = new URL((minted.body as { url: string }).url).pathname.slice('/p/'.length);
  const before = await consentsOf(contact);
  const failures = platform.meter().failures;
  const wrong = [
    `${subject.slice(0, -4)}AAAA`, subject.slice(0, -9), 'unsubscribe', 'unsubscribe me please!', 'Re: your letter', '', `unsubscribe ${'A'.repeat(3000)}`,
    `unsubscribe ${page}`, `Re: ${subject}`, `unsubscribe ${contact}`,
  ];
  for (const one of wrong) expect(await receive(one)).toBe(true);
  await platform.runUntil(addSeconds(platform.clock.now(), 3600));
  expect(await consentsOf(contact)).toEqual(before);
  expect(platform.meter().failures['ingest-unsubscribe-mail']).toBe(failures['ingest-unsubscribe-mail']);
});

test('nobody is answered, and mail to any other address is not received', async () => {
  const { subject } = await reached('silent');
  const before = platform.mails().length;
  await receive(subject);
  expect(platform.mails()).toHaveLength(before);
  expect(await receive(subject, 'care@northside.example')).toBe(false);
});

/** Everything in every table. */
const tables = async (): Promise<string> => {
  const client = new DynamoDBClient({ endpoint: platform.urls.dynamo });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const items = await Promise.all(TableNames.map(async (TableName) => (await client.send(new ScanCommand({ TableName }))).Items));
  client.destroy();
  return JSON.stringify(items);
};

test('neither the body nor the sender is in a log, a table, or what comes back from the API', async () => {
  const { contact, subject } = await reached('private');
  said = '';
  await receive(subject);
  // The function is told the headers, never the body.
  expect(said).toContain('quentin.secret');
  expect(said).not.toContain('my knee');
  expect(await tables()).not.toMatch(/quentin|my knee/u);
  const shown = JSON.stringify([
    platform.logs(), platform.executions(), await consentsOf(contact), await proofsOf(platform, contact),
    (await platform.call('GET', `/contacts/${contact}/timeline`)).body,
  ]);
  expect(shown).not.toMatch(/my knee|quentin\.secret|elsewhere/u);
  expect(shown).not.toContain(subject.slice('unsubscribe '.length));
});
