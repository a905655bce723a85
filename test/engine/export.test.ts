import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sourceOverApi } from '../../bin/receipts/api.ts';
import { sourceInFolder } from '../../bin/receipts/folder.ts';
import { compare, prove } from '../../lib/core/audit/prove.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrol, importMember, startAt } from './people.ts';

let platform: Platform;
const folder = mkdtempSync(join(tmpdir(), 'sendwell-export-'));

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await platform.stop();
});

/** Sends one mail, then lets the day end. */
const liveDay = async (name: string): Promise<void> => {
  await enrol(platform, await importMember(platform, name));
  await platform.settle();
  await platform.runUntil(addSeconds(platform.clock.now(), 86_400));
};

const exportDays = (): Promise<unknown> => platform.invoke('export-receipts', {}).catch((error: unknown) => error);

test('a crash at any external call of the export leaves an archive that the next one completes', async () => {
  await liveDay('measure');
  const before = platform.externalCalls();
  await exportDays();
  const calls = platform.externalCalls() - before;
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      await liveDay(`export-${nth}-${when}`);
      platform.inject({ nth, when, act: 'throw' });
      await exportDays();
      platform.inject(undefined);
    }
  }
  await exportDays();
  for (const [path, text] of platform.objects()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const [live, locked] = [await prove(await sourceOverApi(platform.urls.api)), await prove(sourceInFolder(folder))];
  expect([calls, locked.ends.size, compare(live, locked).whole]).toEqual([7, 15, true]);
}, 120_000);
