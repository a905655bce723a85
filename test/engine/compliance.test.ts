import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Compliance } from '../../lib/core/audit/compliance.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { authorize, enrolIn, importDiabetic, proofsOf, publishReminder, putInto, revoke, runsOf, sendReminder, storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { startAt } from './people.ts';

let platform: Platform;
let stores: Stores;
beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  await publishReminder(stores, 'visit-reminder', 'appointment_reminder');
});
afterAll(() => platform.stop());

const read = async (): Promise<Compliance> => {
  await platform.settle();
  const { status, body } = await platform.call('GET', '/compliance');
  if (status !== 200) throw new Error(`compliance was answered with ${status}`);
  return body as Compliance;
};

test('a send with an authorization and one without make the rate a half', async () => {
  const contact = await importDiabetic(platform, 'with');
  await authorize(platform, contact);
  await enrolIn(platform, 'diabetes-program', contact);
  await enrolIn(platform, 'diabetes-program', await importDiabetic(platform, 'without'));
  const { authorization, refusals } = await read();
  expect([authorization, refusals.byReason['AUTH_MISSING']]).toEqual([{ permitted: 1, refused: 1, rate: 0.5 }, 1]);
});

test('a revocation is counted with its time, and its authorization is due no more', async () => {
  const contact = await importDiabetic(platform, 'revokes');
  await authorize(platform, contact);
  await platform.runUntil(addSeconds(platform.clock.now(), 280 * 86_400));
  const before = await read();
  await revoke(platform, contact);
  const { withdrawals, renewalsDue } = await read();
  expect(withdrawals).toEqual({ completed: 1, medianSeconds: 0, longestSeconds: 0, pending: 0, oldestPendingSeconds: 0 });
  expect([before.renewalsDue, renewalsDue]).toEqual([{ within30Days: 0, within90Days: 2 }, { within30Days: 0, within90Days: 1 }]);
});

test('the authorizations that end in a month are listed through the API', async () => {
  const { status, body } = await platform.call('GET', '/renewals?month=2027-11');
  expect([status, body]).toMatchObject([200, { month: '2027-11', renewals: [{ record: 'auth-1', expiresAt: '2027-11-02T05:00:00.000Z' }], after: null }]);
  expect((await platform.call('GET', '/renewals')).status).toBe(422);
});

test('a follow-up task is open in the figures until it is closed', async () => {
  const contact = await importDiabetic(platform, 'task');
  await platform.call('POST', `/contacts/${contact}/consents`, { suppression: { scope: 'all', source: 'phone' } });
  await sendReminder(platform, await putInto(stores, platform, 'visit-reminder', contact, 'RUNNING'));
  expect((await read()).followUps).toEqual({ open: 1, opened: 1 });
  const { tasks } = (await platform.call('GET', '/follow-ups')).body as { tasks: readonly { id: string }[] };
  await platform.call('POST', `/follow-ups/${tasks[0]?.id}/closure`, {});
  expect((await read()).followUps).toEqual({ open: 0, opened: 1 });
});

test('a restriction that is agreed to from tomorrow on ends its run tomorrow, with proof', async () => {
  const contact = await importDiabetic(platform, 'tomorrow');
  await putInto(stores, platform, 'visit-reminder', contact, 'PARKED');
  const agreedAt = addSeconds(platform.clock.now(), 86_400);
  const restriction = { id: 'r-1', kind: 'agreed', uses: ['all'], classes: ['*'], items: [], agreed_at: agreedAt, terminated_at: null, terminated_by: null };
  expect((await platform.call('POST', `/contacts/${contact}/consents`, { restriction })).status).toBe(201);
  expect([await runsOf(stores, contact), (await read()).withdrawals]).toMatchObject([{ 'visit-reminder': 'PARKED' }, { pending: 1, oldestPendingSeconds: 0 }]);
  await platform.runUntil(agreedAt);
  await platform.invoke('check-invariants', {});
  expect(await runsOf(stores, contact)).toEqual({ 'visit-reminder': 'EXITED' });
  expect(await proofsOf(platform, contact)).toMatchObject([{ cause: 'restriction', receivedAt: agreedAt, ended: [{ journey: 'visit-reminder' }] }]);
});

test('the figures hold no id of anybody', async () => {
  expect(JSON.stringify(await read())).not.toMatch(/c_[0-9a-z]{26}|e_[0-9a-z]{26}|auth-1/u);
});
