/**
 * How esbuild bundles every function, in esbuild's own words. CommonJS, since an ES module that imports `node:http` has
 * Node read each of its exports at once, and one of them, `WebSocket`, loads the whole of undici.
 *
 * The SDK looks for credentials in the environment first, where Lambda puts them. What looks for them elsewhere, on a
 * developer's machine or in a container, a quarter of the SDK's code and more, is never reached and left out.
 *
 * The banner stands before all else, so it repeats that the code is strict. By it zod generates no code for the schemas
 * it parses with, which would take longer than it saves before a function has parsed thousands of values.
 */
export const bundling = {
  format: 'cjs',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  external: [
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
  ],
  banner: '"use strict"; globalThis.__zod_globalConfig = { jitless: true };',
} as const;
