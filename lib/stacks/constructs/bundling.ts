/**
 * How esbuild bundles every function, in esbuild's own words. CommonJS, since an ES module that imports `node:http` has
 * Node read each of its exports at once, and one of them, `WebSocket`, loads the whole of undici.
 *
 * The banner stands before all else, so it repeats that the code is strict. By it zod generates no code for the schemas
 * it parses with, which would take longer than it saves before a function has parsed thousands of values.
 */
export const bundling = {
  format: 'cjs',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  banner: '"use strict"; globalThis.__zod_globalConfig = { jitless: true };',
} as const;
