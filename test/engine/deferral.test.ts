import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sourceOverApi } from '../../bin/receipts/api.ts';
import { prove } from '../../lib/core/audit/prove.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';
import { referenceOf } from '../../lib/core/audit/receipt.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { tool } from '../bin/tool.ts';
import type { Stores } from './journeys.ts';
import { publishReminder, putInto, sendReminder, sendsOf, storesOf } from './journeys.ts';
import { keptReceipts } from './kept-receipts.ts';
import { importMember, startAt, timelineOf } from './people.ts';

const daySeconds = 86_400;
const daysOn = (days: number): Instant => addSeconds(startAt, days * daySeconds);

let platform: Platform;
let stores: Stores;
let rows: DynamoDBDocumentClient;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  rows = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: platform.urls.dynamo }));
  for (const journey of ['walking', 'sleeping']) await publishReminder(stores, journey, 'health_education', 5);
  await publishReminder(stores, 'eating', 'health_education', 1);
});
afterAll(async () => {
  rows.destroy();
  await platform.stop();
});

const receiptsOfSends = async (contact: string): Promise<readonly Receipt[]> =>
  (await keptReceipts(rows)).filter((receipt) => receipt.contact === contact);

const told = async (send: string): Promise<string> => (await tool('why', send, '--api', platform.urls.api)).out;

/** Comes to the send of a journey, again where it was put off; gives what the state machine would see. */
const send = async (journey: string, contact: string): Promise<string> => {
  const standing = (await stores.enrolments.ofContact(contact)).find((run) => run.journey === journey);
  const claimed = standing === undefined ? undefined
    : await stores.enrolments.claim(standing, platform.clock.now(), { due: true });
  const run = claimed?.row ?? await putInto(stores, platform, journey, contact, 'RUNNING');
  try {
    const { outcome } = await sendReminder(platform, run) as { outcome: string };
    await stores.enrolments.close(run, run.seq, { status: 'COMPLETED', ended: 'completed', at: platform.clock.now() });
    return outcome;
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
};

test('a message over the cap leaves a decision that may be taken again, and a receipt', async () => {
  const contact = await importMember(platform, 'once');
  expect([await send('walking', contact), await send('sleeping', contact)]).toEqual(['sent', 'BurstOver']);
  await platform.settle();
  const put = (await sendsOf(stores, contact)).find(({ journey }) => journey === 'sleeping');
  expect(put).toMatchObject({
    status: 'DEFERRED', reason: 'FREQUENCY_CAP', basis: [], burst: 0, putOff: [{ at: startAt, reason: 'FREQUENCY_CAP', until: daysOn(1) }],
  });
  expect((await receiptsOfSends(contact)).filter(({ journey }) => journey === 'sleeping'))
    .toMatchObject([{ outcome: 'DEFERRED', decision: 'deny', reason: 'FREQUENCY_CAP', burst: 0, until: daysOn(1) }]);
});

test('why and the timeline say that a message waits, why, and until when', async () => {
  const contact = await importMember(platform, 'waits');
  await send('walking', contact);
  await send('sleeping', contact);
  await platform.settle();
  const entry = (await timelineOf(platform, contact)).find(({ what }) => what === 'put-off');
  expect(entry).toMatchObject({ at: startAt, step: 'remind', reason: 'FREQUENCY_CAP', until: daysOn(1) });
  expect(await told(String(Object(entry).send))).toMatch(
    /put off until 2026-11-03 at 14:00:00 UTC and is judged again then\.[^]*had received as many messages[^]*put off until 2026-11-03 at 14:00:00 UTC: FREQUENCY_CAP/u,
  );
});

test('a burst that crashed behind the decision puts the message off once', async () => {
  const contact = await importMember(platform, 'crashed');
  await send('walking', contact);
  const run = await putInto(stores, platform, 'sleeping', contact, 'RUNNING');
  const before = platform.externalCalls();
  await putInto(stores, platform, 'eating', contact, 'RUNNING').then((calm) => sendReminder(platform, calm)).catch(() => undefined);
  const calls = platform.externalCalls() - before;
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      platform.inject({ nth, when, act: 'throw' });
      await sendReminder(platform, run).catch(() => undefined);
      platform.inject(undefined);
    }
  }
  await expect(sendReminder(platform, run)).rejects.toThrow('BurstOver');
  await platform.settle();
  expect((await receiptsOfSends(contact)).filter(({ journey }) => journey === 'sleeping')).toHaveLength(1);
  expect((await prove(await sourceOverApi(platform.urls.api))).verdict).toMatchObject({ whole: true });
});

test('a message put off twice has both receipts before that of its sending, and the timeline keeps both', async () => {
  const contact = await importMember(platform, 'twice');
  await send('walking', contact);
  await send('sleeping', contact);
  // A scripted moment comes before the sweep of the same minute, which would look for a machine.
  platform.at(daysOn(1), async () => {
    expect([await send('eating', contact), await send('sleeping', contact)]).toEqual(['sent', 'BurstOver']);
  });
  platform.at(daysOn(2), async () => {
    expect(await send('sleeping', contact)).toBe('sent');
  });
  await platform.runUntil(daysOn(2));
  const receipts = (await receiptsOfSends(contact)).filter(({ journey }) => journey === 'sleeping');
  expect(receipts.map(({ outcome, at }) => [outcome, at])).toEqual([
    ['DEFERRED', startAt], ['DEFERRED', daysOn(1)], ['SENT', daysOn(2)], ['DELIVERED', daysOn(2)],
  ]);
  const entries = (await timelineOf(platform, contact)).filter((entry) => 'send' in entry && String(entry.send).startsWith(receipts[0]?.enrolment ?? ''));
  expect(entries.map(({ what, at }) => [what, at])).toEqual([['put-off', startAt], ['put-off', daysOn(1)], ['sent', daysOn(2)], ['delivered', daysOn(2)]]);
  const why = await told(referenceOf(receipts[0] ?? expect.fail('no receipt')));
  expect(why).toMatch(/this message was sent\.[^]*put off until 2026-11-03[^]*put off until 2026-11-04[^]*: sent[^]*: delivered/u);
});

test('a message that is sent at once makes no call more for the deferrals that it never had', async () => {
  const contact = await importMember(platform, 'plain');
  const run = await putInto(stores, platform, 'walking', contact, 'RUNNING');
  await platform.settle();
  platform.resetMeter();
  await sendReminder(platform, run);
  // It arrives and confirms, opens the contact, and reserves; its row is not read.
  expect(platform.meter().dynamoCalls).toEqual({ UpdateItem: 2, Query: 1, GetItem: 1, TransactWriteItems: 1 });
});
