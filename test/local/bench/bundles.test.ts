import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { bundleFunction } from '../../../lib/local/bench/bundles.ts';
import { bundling } from '../../../lib/stacks/constructs/bundling.ts';

const parent = join(import.meta.dirname, '../../../.sendwell');
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(join(parent, 'bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

// It is most of what such a function would load in vain, and comes in with any import that reads a calendar.
test.each(['add-to-segment', 'close-enrolment', 'count-progress', 'resume-enrolment', 'write-receipts'])(
  '%s reckons on no calendar, so Temporal is not in its bundle', async (name) => {
    const { handler } = await bundleFunction(name, folder, bundling);
    expect(handler.packages.map((one) => one.name)).not.toContain('temporal-polyfill');
  });

test("zod's configuration is where the banner of a bundle sets it", () => {
  expect(Reflect.get(globalThis, '__zod_globalConfig')).toBe(z.config());
});
