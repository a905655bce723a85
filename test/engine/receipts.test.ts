import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { env, required } from '../../lib/aws/env.ts';
import { recordOf } from '../../lib/aws/ledger.ts';
import { pack } from '../../lib/aws/packed.ts';
import { sourceOverApi } from '../../bin/receipts/api.ts';
import { prove } from '../../lib/core/audit/prove.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import { receiptsOf, referenceOf } from '../../lib/core/audit/receipt.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { tool as runTool } from '../bin/tool.ts';
import { keptPages, keptReceipts } from './kept-receipts.ts';
import { enrol, importMember, member, startAt, timelineOf } from './people.ts';

const daySeconds = 86_400;

let platform: Platform;
let rows: DynamoDBDocumentClient;
const folder = mkdtempSync(join(tmpdir(), 'sendwell-receipts-'));

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt });
  rows = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: platform.urls.dynamo }));
  for (const name of ['ann', 'bea']) await enrol(platform, await importMember(platform, name));
  await platform.runUntil(addSeconds(startAt, 40 * daySeconds));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  rows.destroy();
  await platform.stop();
});

const scan = async (table: string): Promise<readonly Record<string, unknown>[]> =>
  (await rows.send(new ScanCommand({ TableName: table }))).Items ?? [];

const kept = (): Promise<readonly Receipt[]> => keptReceipts(rows);

const named = (receipts: readonly { enrolment: string; step: string; leg: number; outcome: string }[]): readonly string[] =>
  receipts.map((receipt) => `${referenceOf(receipt)} ${receipt.outcome}`).sort();

/** What the ledger as it stands should have receipts of. */
const wanted = async (): Promise<readonly string[]> =>
  named((await scan(required(env.ledgerTable))).map(recordOf).flatMap((after) => receiptsOf({ before: undefined, after })));

/** Runs a command of the tool. */
const tool = async (...args: readonly string[]) => {
  const { status, out, err } = await runTool(...args);
  return { status, text: [out, err].filter((text) => text !== '').join('\n') };
};

/** Puts the archive into a folder, as a copy of the bucket would be. */
const download = (name: string): string => {
  for (const [path, text] of platform.objects()) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
};

const sendsOf = async (name: string): Promise<readonly string[]> => {
  const entries = await timelineOf(platform, await importMember(platform, name));
  return entries.flatMap((entry) => ('send' in entry ? [String(entry.send)] : []));
};

test('every settled row of the ledger has its receipts, each once', async () => {
  expect([named(await kept()), (await kept()).length]).toEqual([await wanted(), 12]);
});

test('the chain behind the API is whole', async () => {
  expect((await prove(await sourceOverApi(platform.urls.api))).verdict).toMatchObject({ whole: true, count: 12 });
});

test('a receipt holds nothing of what a patient is called or reached by', async () => {
  expect(JSON.stringify(await kept())).not.toMatch(/Ann|Lee|example\.test|1979-04-12|mrn\//u);
});

test('every closed day is in the archive, and its copy tells the same as the API', async () => {
  expect(await tool('verify-receipts', '--api', platform.urls.api, '--folder', download('whole')))
    .toEqual({ status: 0, text: expect.stringMatching(/^The chain is whole: 12 receipts/u) });
});

test('an export that runs again leaves the archive as it is', async () => {
  const before = [...platform.objects()];
  await platform.invoke('export-receipts', {});
  expect([...platform.objects()]).toEqual(before);
});

test('why says what a mail rests on, over the API and from the archive alike', async () => {
  const [send = ''] = await sendsOf('ann');
  const asked = await tool('why', send, '--api', platform.urls.api);
  expect([asked.status, asked.text]).toEqual([0, (await tool('why', send, '--folder', download('why'))).text]);
  expect(asked.text).toMatch(/this message was sent\.[^]*Rule: {5}PERMIT_OPERATIONS[^]*45 CFR 164\.501, 164\.506[^]*delivered/u);
});

test('why says which rule kept a mail from going', async () => {
  const left = { ...member('cleo'), deceased: true };
  const answer = await platform.call('POST', '/contacts', { contacts: [left] });
  const { accepted: [accepted] } = answer.body as { accepted: readonly { contact: string }[] };
  await enrol(platform, accepted?.contact ?? '');
  await platform.settle();
  const entries = await timelineOf(platform, accepted?.contact ?? '');
  const refused = entries.find(({ what }) => what === 'refused');
  const asked = await tool('why', String(Object(refused).send), '--api', platform.urls.api);
  expect(asked.text).toMatch(/this message was not sent\.[^]*recorded as deceased[^]*CONTACT_DECEASED \(policy; 45 CFR 164\.502\(f\)/u);
});

test('why has no answer for a send that never was', async () => {
  expect(await tool('why', 'e_00000000000000000000000001.invite.0', '--api', platform.urls.api))
    .toEqual({ status: 1, text: 'e_00000000000000000000000001.invite.0 has no receipt.' });
});

test('a crash at any external call leaves no gap and no second receipt', async () => {
  const before = platform.externalCalls();
  await enrol(platform, await importMember(platform, 'calm'));
  await platform.settle();
  const calls = platform.externalCalls() - before;
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      const contact = await importMember(platform, `crash-${nth}-${when}`);
      await platform.settle();
      platform.inject({ nth, when, act: 'throw' });
      await enrol(platform, contact);
      await platform.settle();
      platform.inject(undefined);
    }
  }
  await platform.runUntil(addSeconds(platform.clock.now(), 2 * 3600));
  expect(named(await kept())).toEqual(await wanted());
  expect((await prove(await sourceOverApi(platform.urls.api))).verdict).toMatchObject({ whole: true });
}, 300_000);

test('a stream that is read again from its beginning adds nothing', async () => {
  const before = await kept();
  const table = required(env.ledgerTable);
  const image = (row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, marshalled(value)]));
  const Records = (await scan(table)).map((row) => ({ dynamodb: { NewImage: image(row) } }));
  await platform.invoke('write-receipts', { Records });
  expect((await kept()).length).toBe(before.length);
});

const marshalled = (value: unknown): object => {
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(marshalled) };
  return { M: Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, marshalled(one)])) };
};

/** What is told while another value stands in the first page. */
const toldWith = async <T>(change: (receipts: readonly Receipt[]) => Uint8Array, tell: () => Promise<T>): Promise<T> => {
  const [page] = await keptPages(rows);
  const { pk, sk, receipts } = page ?? expect.fail('no page');
  const TableName = required(env.receiptsTable);
  await rows.send(new PutCommand({ TableName, Item: { pk, sk, receipts: change(receipts) } }));
  const told = await tell();
  await rows.send(new PutCommand({ TableName, Item: { pk, sk, receipts: pack(receipts) } }));
  return told;
};

test('a receipt that was changed in its page is named', async () => {
  const change = ([first, ...others]: readonly Receipt[]) => pack([{ ...first ?? expect.fail('no receipt'), reason: 'PERMIT_TREATMENT' }, ...others]);
  expect(await toldWith(change, () => tool('verify-receipts', '--api', platform.urls.api)))
    .toEqual({ status: 1, text: 'The chain is broken: receipt 2026-11-02/1 was changed.' });
});

test('a receipt that was taken out of its page is named', async () => {
  expect(await toldWith((receipts) => pack(receipts.slice(0, -1)), () => tool('verify-receipts', '--api', platform.urls.api)))
    .toMatchObject({ status: 1, text: expect.stringMatching(/receipt 2026-11-02\/\d+ is missing/u) });
});

test('a page that cannot be unpacked is an error of its own', async () => {
  const told = await toldWith((receipts) => pack(receipts).slice(0, -9), () => platform.call('GET', '/receipts/2026-11-02'));
  expect(told).toMatchObject({ status: 500, body: { error: { code: 'receipt.unreadable' } } });
});

test('a file of the archive that was changed is found', async () => {
  const copy = download('changed');
  const [path = '', text = ''] = [...platform.objects()].find(([name]) => name.endsWith('.ndjson')) ?? [];
  writeFileSync(join(copy, path), text.replace('PERMIT_OPERATIONS', 'PERMIT_TREATMENT'));
  expect(await tool('verify-receipts', '--folder', copy)).toMatchObject({ status: 1 });
});

test('a day that is missing from the archive is found', async () => {
  const copy = download('missing');
  const days = [...platform.objects().keys()].filter((name) => name.endsWith('seal.json'));
  rmSync(dirname(join(copy, days[1] ?? '')), { recursive: true });
  expect(await tool('verify-receipts', '--folder', copy)).toMatchObject({ status: 1 });
});
