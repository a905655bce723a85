import type { ClientPlugin } from '../aws/runtime.ts';
import { answerOf } from './engines/http.ts';

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
type Request = {
  readonly request: {
    readonly method: string; readonly hostname: string; readonly port?: number; readonly path: string;
    readonly query?: Readonly<Record<string, unknown>>; readonly headers: Record<string, string>; readonly body?: string | Uint8Array;
  };
};
type Finalize = (next: (given: Request) => Promise<Handled>) => (given: Request) => Promise<Handled>;
type Exchange = (next: (given: Request) => Promise<Pick<Handled, 'response'>>) => (given: Request) => Promise<Pick<Handled, 'response'>>;
type Stack = {
  readonly add: (middleware: Middleware | Finalize | Exchange, options: object) => void;
  readonly remove: (name: string) => boolean;
};

// Half the time of a call on the loopback interface goes into these, and no engine looks at what they add.
const superfluous = ['httpSigningMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware', 'loggerMiddleware'];

/** Names the caller where a signature would, and signs nothing. */
const named = (caller: string): Finalize => (next) => (given) => {
  const { headers } = given.request;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${caller}/20270101/local/local/aws4_request, SignedHeaders=host, Signature=none`;
  headers['x-amz-date'] = '20270101T000000Z';
  return next(given);
};

/** Hands the request to the engine itself where that lives in this process, instead of through a socket. */
const direct: Exchange = (next) => async (given) => {
  const { method, hostname, port, path, query = {}, headers, body = '' } = given.request;
  const answer = hostname === '127.0.0.1' && Object.keys(query).length === 0 ? answerOf(port) : undefined;
  if (answer === undefined) return next(given);
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const answered = await answer({ method, url: new URL(path, 'http://127.0.0.1'), headers, body: text });
  return {
    response: {
      statusCode: answered.status, headers: answered.headers ?? {}, body: Buffer.from(answered.body),
    },
  };
};

/**
 * An SDK plugin that puts wrappers around each call, the first one outermost.
 *
 * @param caller The name under which engines see the calls.
 */
export const pluginOf = (caller: string, wrappers: readonly Wrapper[]): ClientPlugin => ({
  applyToStack: (stack: Stack) => {
    for (const name of superfluous) stack.remove(name);
    stack.add(named(caller), { step: 'finalizeRequest', name: 'sendwellCaller', override: true });
    stack.add(direct, { step: 'deserialize', priority: 'low', name: 'sendwellDirect', override: true });
    const around: Middleware = (next, { clientName = '', commandName = '' }) => async (given) => {
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
    };
    stack.add(around, { step: 'initialize', name: 'sendwellLocal', override: true });
  },
});

/** `PutItem` of `PutItemCommand`. */
export const operationOf = (call: Call): string => call.command.replace(/Command$/u, '');
