/** How esbuild bundles every function, in esbuild's own words. */
export const bundling = {
  format: 'esm',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
} as const;
