import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrol, importMember, startAt } from '../engine/people.ts';
import { synthesizeTwoVersions } from '../engine/versions.ts';
import { tool } from './tool.ts';

const journey = 'health-plan-enrollment';
let platform: Platform;
let api: readonly string[];

beforeAll(async () => {
  platform = await startPlatform({ assembly: synthesizeTwoVersions(), startAt, dailySchedules: false });
  api = ['--api', platform.urls.api];
  await enrol(platform, await importMember(platform, 'moves'));
  await platform.settle();
}, 120_000);
afterAll(() => platform.stop());

test('a journey is paused and resumed, and a second resumption by another rule is refused', async () => {
  expect(await tool('pause', journey, ...api)).toMatchObject({ status: 0, out: expect.stringContaining(`${journey} is paused since Mon 02 Nov 2026 09:00`) });
  expect(await tool('resume', journey, '--catch-up', 'go-on', '--spread', '5', ...api)).toMatchObject({ status: 0 });
  expect(await tool('resume', journey, '--catch-up', 'exit', ...api)).toMatchObject({ status: 1, err: expect.stringContaining('journey.not-paused') });
});

test('a draft is published, a migration is tried and done, and the empty version is deleted', async () => {
  expect(await tool('delete-version', journey, 'v1', ...api)).toMatchObject({ status: 1, err: expect.stringContaining('version.latest') });
  expect(await tool('publish', journey, 'v2', ...api)).toMatchObject({ status: 0, out: `${journey} v2 is open to entries.` });
  expect(await tool('delete-version', journey, 'v1', ...api)).toMatchObject({ status: 1, err: expect.stringContaining('version.occupied') });
  const migrate = ['migrate', journey, '--from', '1', '--to', 'v2', '--step', 'answer=reply', ...api];
  expect((await tool(...migrate, '--dry-run')).out).toContain('1 person would be moved, 0 stay');
  expect(JSON.parse((await tool(...migrate, '--go', '--json')).out)).toMatchObject({ done: true, report: { found: 1, moved: 1 } });
  await platform.settle();
  expect(await tool('delete-version', journey, 'v1', ...api)).toMatchObject({ status: 0, out: `${journey} v1 is deleted.` });
});

test('a retired journey says so', async () => {
  expect(await tool('retire', journey, ...api)).toMatchObject({ status: 0, out: `${journey} takes no new entries.` });
});

test.each([
  ['a migration of neither kind', ['migrate', journey, '--from', '1', '--to', '2']], ['a map that is none', ['migrate', journey, '--from', '1', '--to', '2', '--go', '--step', 'answer']],
  ['a rule that is none', ['resume', journey, '--catch-up', 'later']], ['a version that is none', ['publish', journey, 'first']], ['no journey', ['pause']],
])('%s is a wrong command line', async (_, words) => {
  expect((await tool(...words, ...api)).status).toBe(2);
});
