import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';

/** Starts a platform before the tests of a file, on an assembly of their own, and takes both away behind them. */
export const startOn = (assembly: string, startAt: Instant, take: (platform: Platform) => void): void => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform({ assembly, startAt, dailySchedules: false });
    take(platform);
  });
  afterAll(async () => {
    await platform.stop();
    rmSync(assembly, { recursive: true });
  });
};
