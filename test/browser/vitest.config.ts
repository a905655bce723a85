import { defineConfig } from 'vitest/config';

/** The pages in Chromium; apart from the rest, which needs no browser. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/assembly.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
