import type { ClientPlugin } from '../aws/runtime.ts';

/** One call of an SDK client, before it is signed and sent. */
export type Call = {
  /** `DynamoDBClient`. */
  readonly client: string;
  /** `PutItemCommand`. */
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
};

export type Output = Readonly<Record<string, unknown>>;
export type Send = (call: Call) => Promise<Output>;
/** Stands around a call; the SDK's retries happen inside. */
export type Wrapper = (call: Call, send: Send) => Promise<Output>;

type Handled = { readonly output: Output; readonly response: unknown };
type Arguments = { readonly input: Call['input'] };
type Middleware = (next: (given: Arguments) => Promise<Handled>, context: { clientName?: string; commandName?: string }) =>
(given: Arguments) => Promise<Handled>;
type Stack = { readonly add: (middleware: Middleware, options: object) => void };

/** An SDK plugin that puts wrappers around each call, the first one outermost. */
export const pluginOf = (wrappers: readonly Wrapper[]): ClientPlugin => ({
  applyToStack: (stack: Stack) => {
    stack.add((next, { clientName = '', commandName = '' }) => async (given) => {
      let response: unknown;
      const send = wrappers.reduceRight<Send>(
        (inner, wrapper) => (call) => wrapper(call, inner),
        async ({ input }) => {
          const handled = await next({ ...given, input });
          ({ response } = handled);
          return handled.output;
        },
      );
      const output = await send({ client: clientName, command: commandName, input: given.input });
      return { output, response };
    }, { step: 'initialize', name: 'sendwellLocal', override: true });
  },
});

/** `PutItem` of `PutItemCommand`. */
export const operationOf = (call: Call): string => call.command.replace(/Command$/u, '');
