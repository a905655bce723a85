import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorizationFor } from '../../lib/local/demo/authorization.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { proofsOf, revoke, runsOf, sendsOf, storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { importMember, startAt } from './people.ts';
import { synthesized } from './synthesized.ts';

const day = 86_400;
const journey = 'authorization-renewal';

let platform: Platform;
let stores: Stores;
beforeAll(async () => {
  const assembly = synthesized('renewal', { renewals: { journey, daysBefore: 30 } });
  platform = await startPlatform({ assembly, startAt, dailySchedules: false });
  stores = storesOf(platform);
}, 120_000);
afterAll(() => platform.stop());

/** Somebody who signed a form that ends so many days from now. */
const signed = async (name: string, days: number, id = 'auth-1'): Promise<string> => {
  const contact = await importMember(platform, name);
  await sign(contact, days, id);
  return contact;
};
const sign = (contact: string, days: number, id: string) => {
  const record = authorizationFor(id, 'northside-health', platform.clock.now());
  const at = addSeconds(platform.clock.now(), days * day);
  return platform.call('POST', `/contacts/${contact}/consents`, { record: { ...record, expiration: { ...record.expiration, at } } });
};

const tick = async (): Promise<number> => {
  const { queued } = await platform.invoke('notify-renewals', {}) as { queued: number };
  await platform.settle();
  return queued;
};

const mailsTo = (name: string) => platform.mails().filter(({ to }) => to.includes(`${name}@example.test`));
const pageIn = (html: string): string => /href="https?:\/\/[^/"]+(\/a\/[\w-]+)"/u.exec(html)?.[1] ?? '';

test('whoever signed what ends within thirty days is told once, and nobody else', async () => {
  const [soon, late] = [await signed('soon', 29), await signed('late', 31)];
  await tick();
  await tick();
  expect([mailsTo('soon').length, mailsTo('late').length]).toEqual([1, 0]);
  expect([await runsOf(stores, soon), await runsOf(stores, late)]).toEqual([{ [journey]: 'COMPLETED' }, {}]);
  expect(await sendsOf(stores, soon)).toMatchObject([{ status: 'SENT', reason: 'PERMIT_AUTHORIZED', evidence: ['auth-1'] }]);
});

test('the link of the notice leads to the form, a GET signs nothing, and what is signed there is in force', async () => {
  const contact = await signed('signer', 20);
  await tick();
  const path = pageIn(mailsTo('signer')[0]?.html ?? '');
  const before = await platform.call('GET', `/contacts/${contact}/consents`);
  const shown = String((await platform.call('GET', path)).body);
  expect(shown).toContain('Permission to hear about partner programs');
  expect((await platform.call('GET', `/contacts/${contact}/consents`)).body).toEqual(before.body);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await platform.call('POST', path, 'version=1&language=en&name=Ann+Lee&agree=yes', form);
  expect([answer.status, String(answer.body)]).toEqual([200, expect.stringContaining('Signed. This is your copy')]);
  // The new one covers what the old one did, so nobody is told again.
  const told = mailsTo('signer').length;
  await tick();
  expect(mailsTo('signer')).toHaveLength(told);
});

test('each authorization is noticed for itself', async () => {
  const contact = await signed('twice', 10, 'auth-old');
  await tick();
  expect(mailsTo('twice')).toHaveLength(1);
  await platform.runUntil(addSeconds(platform.clock.now(), 8 * day));
  await sign(contact, 25, 'auth-new');
  await tick();
  expect(mailsTo('twice')).toHaveLength(2);
});

test('what was taken back is not to be renewed', async () => {
  const contact = await signed('leaver', 5);
  await revoke(platform, contact);
  await tick();
  expect([mailsTo('leaver').length, await runsOf(stores, contact)]).toEqual([0, {}]);
});

test('the notice passes the send gate like all mail: who opted out of commercial mail is not told', async () => {
  const contact = await signed('opted-out', 5);
  await platform.call('POST', `/contacts/${contact}/consents`, { suppression: { scope: 'commercial', source: 'phone' } });
  await tick();
  expect(await sendsOf(stores, contact)).toMatchObject([{ status: 'REFUSED', reason: 'OPTED_OUT_COMMERCIAL' }]);
  expect(mailsTo('opted-out')).toEqual([]);
  expect(await proofsOf(platform, contact)).toHaveLength(1);
});
