import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { env, required } from '../../lib/aws/env.ts';
import { migrations } from '../../lib/aws/migrations.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrol, importMember, startAt } from '../engine/people.ts';
import { synthesizeTwoVersions } from '../engine/versions.ts';
import { toolIn, virtualTime } from './tool.ts';

const journey = 'health-plan-enrollment';
let platform: Platform;
let api: readonly string[];
/** The migration that was done. */
let moved = '';

/** While a command waits, the platform does what there is to do. */
const tool = toolIn('America/New_York', true, virtualTime(() => platform.settle()));
const readerWaiting = toolIn('America/New_York', false, virtualTime(() => platform.settle()));

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
  const done = JSON.parse((await tool(...migrate, '--go', '--json')).out) as { readonly id: string };
  expect(done).toMatchObject({ done: true, report: { found: 1, moved: 1 } });
  moved = done.id;
  await platform.settle();
  expect(await tool('delete-version', journey, 'v1', ...api)).toMatchObject({ status: 0, out: `${journey} v1 is deleted.` });
});

describe('a migration that stands still', () => {
  const id = 'm_00000000000000000000000000';
  const look = ['migrate', journey, '--id', id];

  beforeAll(async () => {
    const clientConfig = { credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    // It is asked for, and nobody takes it on: as where its messages lie among the dead letters.
    await migrations({ ...awsRuntime, clock: platform.clock, clientConfig }, required(env.journeysTable))
      .open({ id, journey, from: 1, to: 2, steps: {}, dryRun: false, at: platform.clock.now(), by: 'test' });
  });

  test('is given up when the time is over, with a status of its own and the way to look again', async () => {
    const { status, out, err } = await tool(...look, ...api, '--timeout', '65');
    expect([status, out]).toEqual([4, '']);
    expect(err).toContain(`not done after 65 seconds: 0 found and 0 moved so far. It goes on by itself. Look again with\n  sendwell ${[...look, ...api].join(' ')}`);
  });

  test('tells how far it is at the beginning, and each half minute', async () => {
    const { progress } = await readerWaiting(...look, ...api, '--timeout', '65');
    expect(progress.split('\n')).toEqual([
      `waiting for the migration ${id}, 65 seconds at most; to look at it later: sendwell ${[...look, ...api].join(' ')}`,
      ...[0, 30, 60].map((seconds) => `0 found and 0 moved so far, after ${seconds} seconds`),
    ]);
  });

  test('is told to programs as far as it came', async () => {
    const { status, out } = await tool(...look, ...api, '--timeout', '0', '--json');
    expect([status, JSON.parse(out)]).toMatchObject([4, { id, done: false, report: { found: 0 } }]);
  });
});

test('a migration that was asked for before is looked at again by its id, and one that nobody asked for is refused', async () => {
  expect(await tool('migrate', journey, '--id', moved, ...api)).toMatchObject({ status: 0, out: expect.stringContaining('1 person moved') });
  expect(await tool('migrate', journey, '--id', 'm_11111111111111111111111111', ...api)).toMatchObject({ status: 1, err: expect.stringContaining('migration.unknown') });
});

test('a retired journey says so', async () => {
  expect(await tool('retire', journey, ...api)).toMatchObject({ status: 0, out: `${journey} takes no new entries.` });
});

test.each([
  ['a migration of neither kind', ['migrate', journey, '--from', '1', '--to', '2']], ['a map that is none', ['migrate', journey, '--from', '1', '--to', '2', '--go', '--step', 'answer']],
  ['a migration by its id with a map', ['migrate', journey, '--id', 'm_1', '--go']], ['a time that is none', ['migrate', journey, '--id', 'm_1', '--timeout', 'long']],
  ['a rule that is none', ['resume', journey, '--catch-up', 'later']], ['a version that is none', ['publish', journey, 'first']], ['no journey', ['pause']],
])('%s is a wrong command line', async (_, words) => {
  expect((await tool(...words, ...api)).status).toBe(2);
});
