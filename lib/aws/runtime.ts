import type { Clock } from '../core/ports.ts';
import { instantOf } from '../core/time.ts';

/** An SDK middleware plugin, as each client's `middlewareStack.use` takes it. */
export type ClientPlugin = { readonly applyToStack: (stack: never) => void };

/**
 * What a function takes from the place it runs in. On AWS that is the system's clock and the SDK's own configuration;
 * the local platform gives a virtual clock, the identity of the function's role, and plugins that meter each call.
 */
export type Runtime = {
  readonly clock: Clock;
  /** Merged into the configuration of every SDK client. */
  readonly clientConfig: { readonly credentials?: { accessKeyId: string; secretAccessKey: string } };
  readonly plugins: readonly ClientPlugin[];
};

export const awsRuntime: Runtime = {
  clock: { now: () => instantOf(Date.now()) },
  clientConfig: {},
  plugins: [],
};

type Pluggable = { readonly middlewareStack: { use: (plugin: never) => void } };

/** Builds an SDK client with what the runtime adds. */
export const clientFor = <C extends Pluggable>(
  runtime: Runtime,
  construct: (config: Runtime['clientConfig']) => C,
): C => {
  const client = construct(runtime.clientConfig);
  for (const plugin of runtime.plugins) client.middlewareStack.use(plugin as never);
  return client;
};

/** Makes one of something for each runtime, so that the parts of a function share a client and its connections. */
export const oncePer = <T>(make: (runtime: Runtime) => T): ((runtime: Runtime) => T) => {
  const made = new WeakMap<Runtime, { readonly it: T }>();
  return (runtime) => {
    const known = made.get(runtime) ?? { it: make(runtime) };
    made.set(runtime, known);
    return known.it;
  };
};
