import { randomUUID } from 'node:crypto';
import type { Answer, Asked, Served } from './engines/http.ts';
import { serve } from './engines/http.ts';
import { signer } from './engines/protocol.ts';
import type { Instant } from '../core/time.ts';
import { millisecondsOf } from '../core/time.ts';
import { localKeyId } from './safety.ts';
import type { Route } from './template/routes.ts';

export type FrontOptions = {
  readonly routes: readonly Route[];
  readonly invoke: (functionArn: string, event: object) => Promise<unknown>;
  readonly now: () => Instant;
  readonly account: string;
  /** Default 0, any free port. */
  readonly port?: number;
};

type Match = { readonly route: Route; readonly parameters: Readonly<Record<string, string>> };

const parametersOf = (resource: string, path: string): Readonly<Record<string, string>> | undefined => {
  const names: string[] = [];
  const pattern = resource.replaceAll(/[.*^$()|]/gu, String.raw`\$&`).replaceAll(/\{([^}+]+)(\+?)\}/gu, (_, name: string, greedy: string) => {
    names.push(name);
    return greedy === '+' ? '(.+)' : '([^/]+)';
  });
  const found = new RegExp(`^${pattern}/?$`, 'u').exec(path);
  return found === null ? undefined
    : Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]));
};

/** Literal segments win over parameters, as in API Gateway. */
const matchOf = (routes: readonly Route[], method: string, path: string): Match | undefined =>
  routes
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route): Match[] => {
      const parameters = parametersOf(route.resource, path);
      return parameters === undefined ? [] : [{ route, parameters }];
    })
    .sort((a, b) => Object.keys(a.parameters).length - Object.keys(b.parameters).length)[0];

const orNull = <T extends object>(value: T): T | null => (Object.keys(value).length === 0 ? null : value);

const grouped = (pairs: Iterable<readonly [string, string]>): Record<string, string[]> => {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) (groups[name] ??= []).push(value);
  return groups;
};

/** Who asks: the access key id of a signature or, without one, the platform itself. */
const identityOf = (asked: Asked, account: string, signed: boolean): object => {
  const caller = asked.headers.authorization === undefined ? localKeyId : signer(asked);
  return {
    sourceIp: '127.0.0.1',
    userAgent: asked.headers['user-agent'] ?? null,
    accessKey: signed ? caller : null,
    accountId: signed ? account : null,
    caller: signed ? caller : null,
    user: signed ? caller : null,
    userArn: signed ? `arn:aws:sts::${account}:assumed-role/local/${caller}` : null,
  };
};

/**
 * A request as a REST API hands it to its function, payload format 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
const proxyEvent = (asked: Asked, { route, parameters }: Match, options: FrontOptions): object => {
  const { url, headers, method, body } = asked;
  const single = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const now = options.now();
  return {
    resource: route.resource,
    path: url.pathname,
    httpMethod: method,
    headers: single,
    multiValueHeaders: Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]])),
    queryStringParameters: orNull(Object.fromEntries(url.searchParams)),
    multiValueQueryStringParameters: orNull(grouped(url.searchParams)),
    pathParameters: orNull(parameters),
    stageVariables: null,
    body: body === '' ? null : body,
    isBase64Encoded: false,
    requestContext: {
      accountId: options.account,
      apiId: 'local',
      stage: 'local',
      requestId: randomUUID(),
      requestTime: now,
      requestTimeEpoch: millisecondsOf(now),
      httpMethod: method,
      path: url.pathname,
      resourcePath: route.resource,
      protocol: 'HTTP/1.1',
      identity: identityOf(asked, options.account, route.authorization === 'AWS_IAM'),
    },
  };
};

type ProxyResult = {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly body?: string;
  /** The body is of bytes; whatever the reader accepts, it gets them. */
  readonly isBase64Encoded?: boolean;
};

const json = (status: number, message: string): Answer =>
  ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) });

const answerOf = (result: ProxyResult | null): Answer => {
  if (typeof result?.statusCode !== 'number') return json(502, 'Internal server error');
  const several = Object.entries(result.multiValueHeaders ?? {}).map(([name, values]) => [name.toLowerCase(), values.join(', ')]);
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: result.statusCode,
    headers: { 'content-type': 'application/json', ...Object.fromEntries([...several, ...headers]) },
    body: result.isBase64Encoded === true ? Buffer.from(result.body ?? '', 'base64') : result.body ?? '',
  };
};

/** The REST API of the templates on one port. Every caller is let in; the identity it came with is handed on. */
export const startFront = (options: FrontOptions): Promise<Served> => serve(async (asked) => {
  const match = matchOf(options.routes, asked.method, asked.url.pathname);
  if (match === undefined) return json(403, 'Missing Authentication Token');
  try {
    return answerOf(await options.invoke(match.route.functionArn, proxyEvent(asked, match, options)) as ProxyResult | null);
  } catch {
    return json(502, 'Internal server error');
  }
}, options.port);
