import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../core/ports.ts';
import type { ClientPlugin, Runtime } from '../aws/runtime.ts';
import type { Activity } from './activity.ts';
import { InjectedFault } from './faults.ts';
import { invocations } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { createSlots } from './slots.ts';

/** One invocation that ended. `error` is the error's name; neither its message nor any payload is told. */
export type Invoked = { readonly function: string; readonly milliseconds: number; readonly error?: string };

/** For tests that search every event and result for what must not be there. */
export type Witness = (name: string, event: unknown, result: unknown) => void;

export type Functions = {
  /** Invokes a function as Lambda does: event and result pass through JSON. Rejects with what the handler throws. */
  readonly invoke: (arn: string, event: unknown) => Promise<unknown>;
  /** Loads the entry of a function. */
  readonly load: (arn: string, name: string) => Promise<void>;
};

export type FunctionsOptions = {
  readonly activity: Activity;
  readonly clock: Clock;
  /** Goes into each SDK client of a function. */
  readonly pluginFor: (name: string) => ClientPlugin;
  /** Holds a folder for each function, with its entry in `index.ts`. */
  readonly folder: string;
  readonly observe: (invoked: Invoked) => void;
  /** Told what went into each invocation and what came out of it. */
  readonly witness?: Witness | undefined;
};

type Handler = (event: unknown, context: object) => Promise<unknown>;
type Entry = { readonly bind?: (runtime: Runtime) => Handler };

/** The function's name in its ARN, or in the ARN of one of its versions and aliases. */
const nameIn = (arn: string): string => arn.split(':')[6] ?? arn;

const contextOf = (arn: string, invocation: Invocation): object => ({
  functionName: nameIn(arn),
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  awsRequestId: invocation.requestId,
  memoryLimitInMB: '512',
  logGroupName: `/aws/lambda/${nameIn(arn)}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 30_000,
});

// All functions share this process and its connections: a thousand at once would only time out waiting for each other.
const atOnce = 32;

const throughJson = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** Runs the entries of functions/ in this process, each under its own name and on the virtual clock. */
export const createFunctions = ({ activity, clock, pluginFor, folder, observe, witness }: FunctionsOptions): Functions => {
  const inSlot = createSlots(atOnce);
  const loaded = new Map<string, { readonly name: string; readonly handler: Handler }>();

  const run = async (handler: Handler, arn: string, event: unknown, invocation: Invocation): Promise<unknown> => {
    const result = throughJson(await handler(throughJson(event), contextOf(arn, invocation)));
    if (invocation.dead) throw new InjectedFault();
    return result;
  };

  return {
    load: async (arn, name) => {
      const entry = await import(pathToFileURL(join(folder, name, 'index.ts')).href) as Entry;
      if (entry.bind === undefined) throw new Error(`functions/${name}/index.ts exports no bind`);
      const credentials = { accessKeyId: name, secretAccessKey: name };
      loaded.set(nameIn(arn), { name, handler: entry.bind({ clock, clientConfig: { credentials }, plugins: [pluginFor(name)] }) });
    },
    invoke: (arn, event) => activity.during(() => inSlot(async () => {
      const found = loaded.get(nameIn(arn));
      if (found === undefined) throw new Error(`no function ${nameIn(arn)} is loaded`);
      const { name, handler } = found;
      const invocation: Invocation = { name, requestId: randomUUID(), dead: false };
      const began = performance.now();
      const done = (error?: string): void => {
        observe({ function: name, milliseconds: performance.now() - began, ...(error === undefined ? {} : { error }) });
      };
      try {
        const result = await invocations.run(invocation, () => run(handler, arn, event, invocation));
        done();
        witness?.(name, event, result);
        return result;
      } catch (error) {
        done(error instanceof Error ? error.name : 'Error');
        throw error;
      }
    })),
  };
};
