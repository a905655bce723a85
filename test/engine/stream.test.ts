import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { counts } from '../../lib/aws/counts.ts';
import { env, required } from '../../lib/aws/env.ts';
import { streamRows } from '../../lib/core/engine/stream.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { publishReminder, putInto, sendReminder, sendsOf, storesOf } from './journeys.ts';
import { importMember, startAt } from './people.ts';

let platform: Platform;
let stores: Stores;
beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  await publishReminder(stores, 'walking', 'health_education');
  await publishReminder(stores, 'visit', 'appointment_reminder');
});
afterAll(() => platform.stop());

const send = async (journey: string, name: string) => {
  const contact = await importMember(platform, name);
  const answer = await sendReminder(platform, await putInto(stores, platform, journey, contact, 'RUNNING'));
  const [record] = (await sendsOf(stores, contact)).filter((one) => one.journey === journey);
  return { outcome: (answer as { outcome: string }).outcome, reason: record?.reason };
};

const commercialStream = async () => {
  const { body } = await platform.call('GET', '/compliance');
  return (body as { commercialStream: { delivered: number; complaints: number; rate: number } }).commercialStream;
};

/** Longer than a warm function goes on with what it read. The runs have no machine, so no sweep may come meanwhile. */
const forgetRate = () => platform.runUntil(addSeconds(platform.clock.now(), 301));

test('enough complaints stop the commercial stream, and care mail goes on', async () => {
  const [month] = streamRows(startAt);
  if (month === undefined) throw new Error('no month');
  // A thousand deliveries of the days before, as they would have been counted.
  const runtime = { ...awsRuntime, clock: platform.clock, clientConfig: { credentials: { accessKeyId: 'test', secretAccessKey: 'test' } } };
  await counts(runtime, required(env.journeysTable)).add('earlier', [{ ...month, deltas: { 'deliveredAt/01': 1100 } }]);
  platform.decideMail((address) => (address.startsWith('angry') ? 'complain' : 'deliver'));

  expect(await send('walking', 'calm')).toMatchObject({ outcome: 'sent' });
  for (const name of ['angry-1', 'angry-2', 'angry-3']) expect(await send('walking', name)).toMatchObject({ outcome: 'sent' });
  await platform.settle();
  await forgetRate();
  // Three of 1,104 are fewer than three of a thousand.
  expect(await send('walking', 'angry-4')).toMatchObject({ outcome: 'sent' });
  await platform.settle();
  expect(await send('walking', 'within-five-minutes')).toMatchObject({ outcome: 'sent' });
  await platform.settle();
  await forgetRate();

  expect(await send('walking', 'afterwards')).toEqual({ outcome: 'refused', reason: 'STREAM_COMPLAINT_RATE' });
  expect(await send('visit', 'patient')).toMatchObject({ outcome: 'sent' });
  expect(await commercialStream()).toEqual({ delivered: 1106, complaints: 4, rate: 0.003617 });
});

test('a warm function reads the rate once in five minutes', async () => {
  await forgetRate();
  const reads = async (name: string): Promise<number> => {
    const contact = await importMember(platform, name);
    const run = await putInto(stores, platform, 'walking', contact, 'RUNNING');
    await platform.settle();
    platform.resetMeter();
    await sendReminder(platform, run);
    return platform.meter().dynamoCalls['GetItem'] ?? 0;
  };
  const [first, second] = [await reads('first'), await reads('second')];
  expect(first - second).toBe(2);
});
