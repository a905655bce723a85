import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { importMember, member, startAt } from './people.ts';

let platform: Platform;
let stores: Stores;
beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
});
afterAll(() => platform.stop());

const change = (name: string, fields: object) =>
  platform.call('POST', '/contacts', { contacts: [{ ...member(name), fields: { ...member(name).fields, ...fields } }] });

const moved = { planYear: 2027, conditions: ['44054006'] };

test('a crash at any external call of a change leaves the contact in the segments of its record', async () => {
  const measured = await importMember(platform, 'measured');
  await platform.settle();
  const before = platform.externalCalls();
  await change('measured', moved);
  await platform.settle();
  const calls = platform.externalCalls() - before;
  expect(await stores.memberships.segmentsOf(measured)).toEqual(['people-with-diabetes']);
  const unsound: unknown[] = [];
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      const name = `struck-${nth}-${when}`;
      const contact = await importMember(platform, name);
      await platform.settle();
      platform.inject({ nth, when, act: 'throw' });
      const answer = await change(name, moved);
      await platform.settle();
      platform.inject(undefined);
      // A request that was not answered is made again, as any client of an API does.
      const asked = answer.status === 200 ? answer : await change(name, moved);
      await platform.settle();
      const segments = await stores.memberships.segmentsOf(contact);
      if (asked.status !== 200 || String(segments) !== 'people-with-diabetes') unsound.push({ nth, when, segments });
    }
  }
  expect([calls > 8, unsound]).toEqual([true, []]);
});

test('a change that no segment reads is not decrypted by those who react', async () => {
  await importMember(platform, 'quiet');
  await platform.settle();
  const before = platform.trail().length;
  await change('quiet', { firstName: 'Anne' });
  await platform.settle();
  const readers = platform.trail().slice(before).filter(({ eventName }) => eventName === 'Decrypt')
    .map(({ userIdentity }) => userIdentity.sessionContext.sessionIssuer.userName);
  expect([readers.length > 0, readers.includes('react-to-changes')]).toEqual([true, false]);
});
