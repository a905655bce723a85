import * as z from 'zod';
import { signRequest } from '../../lib/aws/sign.ts';
import { Refused, Unreachable, Usage } from '../exit.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export const apiOption = { takes: '<url>', help: 'The API, as the stack or the local platform names it.' } as const;

/** What an API tells of a request that it does not fulfil. */
const Failure = z.object({ error: z.object({ code: z.string(), remedy: z.string(), faults: z.array(z.string()).optional() }) });

/** Requests are signed where the environment holds credentials; the local platform asks for none. */
const signature = (method: string, url: URL, body: string | undefined, environment: Environment): Readonly<Record<string, string>> => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  if (accessKeyId === undefined || secretAccessKey === undefined) return headers;
  const region = /\.execute-api\.([a-z0-9-]+)\./u.exec(url.host)?.[1] ?? environment['AWS_REGION'] ?? 'us-east-1';
  return signRequest({
    method, url, headers, body, region, service: 'execute-api', credentials: { accessKeyId, secretAccessKey, sessionToken }, now: Date.now(),
  });
};

const bodyOf = async (answer: Response): Promise<unknown> => answer.json().catch(() => undefined);

/** What is behind a status that is no success: a refusal with a code and a remedy, or an API that cannot do its work. */
const failureOf = async (method: string, url: URL, answer: Response): Promise<Error> => {
  const failure = Failure.safeParse(await bodyOf(answer)).data?.error;
  if (failure === undefined || answer.status >= 500) return new Unreachable(`${method} ${url.pathname} was answered with ${answer.status}`);
  return new Refused(failure.code, failure.remedy, failure.faults ?? []);
};

export type Query = Readonly<Record<string, string>>;

export type Api = {
  /** Undefined where the API knows of nothing there. */
  readonly get: (path: string, query?: Query) => Promise<unknown>;
  /** The answer as text, which a format of the query asks for. */
  readonly getText: (path: string, query: Query) => Promise<string>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
  readonly remove: (path: string) => Promise<unknown>;
};

const urlOf = (base: string, path: string, query: Query): URL => {
  const text = `${base.replace(/\/$/u, '')}/${path}`;
  if (!/^https?:/u.test(base) || !URL.canParse(text)) throw new Usage('--api takes an address that begins with https:// or http://');
  const url = new URL(text);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
};

/** The API at an address. @throws Usage, Refused or Unreachable. */
export const apiAt = (base: string, environment: Environment = process.env): Api => {
  const ask = async (method: string, path: string, query: Query, body?: string): Promise<{ readonly url: URL; readonly answer: Response }> => {
    const url = urlOf(base, path, query);
    const sent = { method, headers: signature(method, url, body, environment), redirect: 'error', ...(body === undefined ? {} : { body }) } as const;
    const answer = await fetch(url, sent).catch(() => { throw new Unreachable(`${url.origin} does not answer`); });
    return { url, answer };
  };
  const fulfilled = async (method: string, path: string, query: Query, body?: string): Promise<Response> => {
    const { url, answer } = await ask(method, path, query, body);
    if (!answer.ok) throw await failureOf(method, url, answer);
    return answer;
  };
  return {
    get: async (path, query = {}) => {
      const { url, answer } = await ask('GET', path, query);
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw await failureOf('GET', url, answer);
      return answer.json();
    },
    getText: async (path, query) => (await fulfilled('GET', path, query)).text(),
    post: async (path, body) => (await fulfilled('POST', path, {}, JSON.stringify(body))).json(),
    remove: async (path) => (await fulfilled('DELETE', path, {})).json(),
  };
};

/** @throws Usage where the option is missing. */
export const apiFrom = ({ api }: { readonly api: string | undefined }): Api => {
  if (api === undefined) throw new Usage('where is the API? Give its address with --api');
  return apiAt(api);
};
