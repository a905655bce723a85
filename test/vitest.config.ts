import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: ['test/assembly.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: the embedded engines of one suite must not starve another's.
    maxWorkers: 2,
  },
});
