/**
 * How esbuild bundles every function, in esbuild's own words. CommonJS, since an ES module that imports `node:http` has
 * Node read each of its exports at once, and one of them, `WebSocket`, loads the whole of undici.
 */
export const bundling = {
  format: 'cjs',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
} as const;
