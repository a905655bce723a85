import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const at = (text: string): Instant => text as Instant;
let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sendwell-restart-'));
});

afterEach(() => {
  rmSync(dataFolder, { recursive: true, force: true });
});

const start = (): Promise<Platform> => startPlatform({
  assembly: `${fixtures}/assembly`, functions: `${fixtures}/functions`, dataFolder, keep: true,
  startAt: at('2027-01-04T08:00:00.000Z'),
});

const lifetime = async <T>(live: (platform: Platform) => Promise<T>): Promise<T> => {
  const platform = await start();
  try {
    return await live(platform);
  } finally {
    await platform.stop();
  }
};

test('kept data goes on where it was: time, rows, mails, trail, checkpoints and custom resources', async () => {
  const before = await lifetime(async (platform) => {
    await platform.call('PUT', '/things/one', { due: '2027-01-05T00:00:00.000Z' });
    await platform.runUntil(at('2027-01-06T00:00:00.000Z'));
    return { mails: platform.mails(), trail: platform.trail().length };
  });
  await lifetime(async (platform) => {
    expect(platform.clock.now()).toBe('2027-01-06T00:00:00.000Z');
    expect((await platform.call('GET', '/things/one')).body).toMatchObject({ sweptAt: '2027-01-05T00:00:00.000Z' });
    expect(platform.mails()).toStrictEqual(before.mails);
    expect(platform.trail()).toHaveLength(before.trail);
    expect(platform.meter().invocations).toStrictEqual({ 'serve-things': 1 });
  });
});

test('a thing parked before a restart is swept after it', async () => {
  await lifetime((platform) => platform.call('PUT', '/things/one', { due: '2027-02-01T00:00:00.000Z' }));
  await lifetime(async (platform) => {
    await platform.runUntil(at('2027-02-02T00:00:00.000Z'));
    expect(platform.mails()).toHaveLength(1);
    expect(platform.meter().invocations).toMatchObject({ 'note-events': 2, 'count-rows': 1 });
  });
});

test('a message that fails on kept data ends in the dead letters too', async () => {
  await lifetime(async (platform) => {
    await platform.call('PUT', '/things/poison', { due: '2027-01-05T00:00:00.000Z' });
    await platform.runUntil(at('2027-01-06T00:00:00.000Z'));
    const before = platform.meter().invocations['note-events'];
    await platform.runUntil(at('2027-01-07T00:00:00.000Z'));
    expect(platform.meter().invocations['note-events']).toBe(before);
  });
});

test('a killed process leaves no engine behind, and its queues deliver after a restart', async () => {
  const killed = spawn(process.execPath, [`${fixtures}/killed.ts`, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let url = '';
  killed.stdout.on('data', (part: Buffer) => {
    url += part.toString();
  });
  const [, signal] = await once(killed, 'close') as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  await expect.poll(() => fetch(url.trim()).then(() => 'up', () => 'down')).toBe('down');
  await lifetime(async (platform) => {
    await platform.runUntil(at('2027-01-07T00:00:00.000Z'));
    expect(platform.mails()).toHaveLength(1);
    expect(platform.meter().invocations['note-events']).toBeGreaterThan(0);
  });
});
