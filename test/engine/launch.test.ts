import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { authorize, importDiabetic, revoke } from './journeys.ts';
import { startAt } from './people.ts';

let platform: Platform;
const people: Record<string, string> = {};
beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  for (const name of ['signed', 'unsigned', 'also-unsigned', 'changed-mind']) people[name] = await importDiabetic(platform, name);
  people['without-mail'] = await importDiabetic(platform, 'without-mail', { email: null });
  await authorize(platform, people['signed'] ?? '');
  await authorize(platform, people['changed-mind'] ?? '');
  await revoke(platform, people['changed-mind'] ?? '');
  await platform.settle();
});
afterAll(() => platform.stop());

const check = (body: object, journey = 'diabetes-program') => platform.call('POST', `/journeys/${journey}/launch-checks`, body);

test('it tells who would be permitted, who refused and why, and what each group needs', async () => {
  const { body } = await check({});
  expect(body).toMatchObject({
    journey: 'diabetes-program', version: 1, segment: 'people-with-diabetes', checked: 5, more: false, permitted: 1, later: {},
    refused: {
      AUTH_MISSING: { count: 2, whatItNeeds: 'A signed HIPAA authorization for this marketing.' },
      AUTH_REVOKED: { count: 1, sample: [people['changed-mind']], whatItNeeds: 'A new HIPAA authorization: the person revoked the one there was.' },
      ADDRESS_MISSING: { count: 1, sample: [people['without-mail']], whatItNeeds: 'An e-mail address of their own on the record.' },
    },
  });
});

test('it looks at no more contacts than asked, and says that there are more', async () => {
  expect((await check({ sample: 2 })).body).toMatchObject({ checked: 2, more: true });
});

test('each contact that it looks at is in the audit trail', async () => {
  const before = platform.trail().length;
  await check({});
  const opened = platform.trail().slice(before).filter((record) => JSON.stringify(record).includes('Decrypt'));
  expect(Object.values(people).filter((contact) => !JSON.stringify(opened).includes(contact))).toEqual([]);
});

test('it changes nothing: nobody is entered and nothing is mailed', async () => {
  await check({});
  await platform.settle();
  const report = await platform.call('GET', '/journeys/diabetes-program/versions/1/report');
  expect([platform.mails(), JSON.stringify(report.body).includes('"entered":1')]).toEqual([[], false]);
});

test.each([
  ['an unknown journey', 'no-such-journey', {}, 404, 'journey.unknown'],
  ['a version that was never published', 'diabetes-program', { version: 9 }, 404, 'journey.unknown'],
  ['a sample that is too large', 'diabetes-program', { sample: 501 }, 422, 'input.invalid'],
])('%s is refused', async (_, journey, body, status, code) => {
  expect(await check(body, journey)).toMatchObject({ status, body: { error: { code } } });
});
