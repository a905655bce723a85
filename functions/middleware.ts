import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { BurstOver, errorTable, SendwellError } from '../lib/core/errors.ts';
import { renderFailed, renderNotFound } from '../lib/core/pages/failure.ts';
import { languageOf } from '../lib/core/pages/language.ts';

/** Codes and ids only: no message, no cause, no body, no stack, since each of them may quote what a patient sent. */
export const logFailure = (error: unknown, context: Context | undefined): void => {
  const known = error instanceof SendwellError;
  console.error(JSON.stringify({
    level: 'ERROR',
    function: context?.functionName,
    requestId: context?.awsRequestId,
    code: known ? error.code : 'internal',
    // The class of an unexpected error is named by code, never by a patient.
    kind: error instanceof Error ? error.name : typeof error,
    ...(known ? { detail: error.detail } : {}),
  }));
};

/** What leaves a function on failure: the code as name and message, and no trace. */
const bare = (error: unknown): Error => {
  if (error instanceof BurstOver) return error;
  const named = error instanceof SendwellError || (error instanceof Error && error.name === 'Throttled');
  const bared = new Error(named ? (error as Error).name : 'internal');
  bared.name = bared.message;
  bared.stack = bared.message;
  return bared;
};

export const onFailure = {
  onError: ({ error, context }: { error: unknown; context: Context }) => {
    if (!(error instanceof BurstOver)) logFailure(error, context);
    throw bare(error);
  },
};

/** A path in the input; a key that is not one of ours may itself be a patient's value, so it shows as `*`. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : /^[a-zA-Z]\w{0,40}$/u.test(String(part)) ? `.${String(part)}` : '.*')).join('').replace(/^\./u, '');

const parse = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new SendwellError('input.invalid', {
    faults: result.error.issues.map((issue) => `${pathOf(issue.path)}: ${issue.code}`),
  });
};

/** A Task of a state machine, or a schedule: JSON in, JSON out. */
export const taskEntry = <S extends z.ZodType, O>(schema: S, handler: (input: z.output<S>) => Promise<O>) =>
  middy((event: unknown) => handler(parse(schema, event))).use(onFailure);

/** Answers of the API; `gif` is an image as base64. */
export type ApiAnswer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: number; readonly html: string }
  | { readonly status: number; readonly csv: string; readonly cursor?: string | undefined }
  | { readonly status: 200; readonly gif: string }
  | { readonly status: 302; readonly location: string };

const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const answer = (result: ApiAnswer): APIGatewayProxyResult => {
  if ('location' in result) return { statusCode: 302, headers: { ...headers, location: result.location }, body: '' };
  if ('gif' in result) {
    return { statusCode: result.status, headers: { ...headers, 'content-type': 'image/gif' }, isBase64Encoded: true, body: result.gif };
  }
  if ('html' in result) {
    return {
      statusCode: result.status,
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy },
      body: result.html,
    };
  }
  if ('csv' in result) {
    const next = result.cursor === undefined ? {} : { 'x-next-cursor': result.cursor };
    return { statusCode: result.status, headers: { ...headers, 'content-type': 'text/csv; charset=utf-8', ...next }, body: result.csv };
  }
  return { statusCode: result.status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(result.json) };
};

const failed = (error: unknown): APIGatewayProxyResult => {
  const known = error instanceof SendwellError ? error : new SendwellError('internal');
  const { faults, ...ids } = known.detail;
  return answer({
    status: known.status,
    json: { error: { code: known.code, remedy: errorTable[known.code].remedy, ...ids, ...(faults === undefined ? {} : { faults }) } },
  });
};

const jsonBody = (body: string | null): unknown => {
  if (body === null || body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new SendwellError('input.malformed');
  }
};

export type ApiRequest = {
  readonly method: string;
  readonly userAgent: string;
  /** The ARN that signed the request; `nobody` where none did. */
  readonly caller: string;
};

const callerOf = (event: APIGatewayProxyEvent): string => event.requestContext?.identity?.userArn ?? 'nobody';

/** The largest body that is read, in characters; a batch of 25 contacts stays far below. */
const bodyLimit = 1_000_000;

/**
 * A method of the REST API. The input is the JSON body with the path's parameters laid over it, checked by one
 * schema; a form body is not read. Of the query only the parameters in `queries` are.
 */
export const apiEntry = <S extends z.ZodType>(
  schema: S,
  handler: (input: z.output<S>, request: ApiRequest) => Promise<ApiAnswer>,
  queries: readonly string[] = [],
) =>
  middy(async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    try {
      if ((event.body ?? '').length > bodyLimit) throw new SendwellError('input.malformed');
      const type = Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
      const body = type.startsWith('application/x-www-form-urlencoded') ? {} : jsonBody(event.body);
      if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new SendwellError('input.malformed');
      const asked = Object.entries(event.queryStringParameters ?? {}).filter(([name]) => queries.includes(name));
      const input = parse(schema, { ...body, ...Object.fromEntries(asked), ...event.pathParameters });
      const agent = Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
      return answer(await handler(input, { method: event.httpMethod, userAgent: agent, caller: callerOf(event) }));
    } catch (error) {
      logFailure(error, context);
      return failed(error);
    }
  });

export type PageRequest = Omit<ApiRequest, 'caller'> & {
  /** What a reader asked for by the page's own link, `en` or `es`. */
  readonly lang: string | undefined;
  /** The header `Accept-Language`. */
  readonly languages: string;
};

/** A form of our pages has some dozen short fields. */
const formLimit = { characters: 20_000, fields: 300 };

/** The fields of a form that a browser sent; of a name that is repeated, the last. */
const formOf = (body: string | null): Readonly<Record<string, string>> => {
  if ((body ?? '').length > formLimit.characters) throw new SendwellError('input.malformed');
  const fields = [...new URLSearchParams(body ?? '')];
  if (fields.length > formLimit.fields) throw new SendwellError('input.malformed');
  return Object.fromEntries(fields);
};

/**
 * A page for people. The input is the path's parameters and, on a POST of a form, its fields under `form`; no other
 * body is read. Whatever a caller may get wrong, from a forged link to a contact who is not there, has one answer.
 */
export const pageEntry = <S extends z.ZodType>(
  schema: S,
  handler: (input: z.output<S>, request: PageRequest) => Promise<ApiAnswer>,
) =>
  middy(async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const header = (wanted: string): string =>
      Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
    const lang = event.queryStringParameters?.['lang'];
    const languages = header('accept-language');
    try {
      const isForm = event.httpMethod === 'POST' && header('content-type').startsWith('application/x-www-form-urlencoded');
      const input = parse(schema, { ...event.pathParameters, form: isForm ? formOf(event.body) : {} });
      return answer(await handler(input, { method: event.httpMethod, userAgent: header('user-agent'), lang, languages }));
    } catch (error) {
      logFailure(error, context);
      const language = languageOf({ asked: lang, header: languages });
      const ours = !(error instanceof SendwellError) || error.status >= 500 || error.code === 'contact.changed';
      return answer(ours ? { status: 500, html: renderFailed(language) } : { status: 404, html: renderNotFound(language) });
    }
  });

/** A queue's consumer: one bad message never makes the others run again. */
export const queueEntry = <S extends z.ZodType>(schema: S, handler: (message: z.output<S>) => Promise<void>) =>
  middy(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(event.Records.map(async (record) => {
      try {
        await handler(parse(schema, jsonBody(record.body)));
        return [];
      } catch (error) {
        logFailure(error, context);
        return [{ itemIdentifier: record.messageId }];
      }
    }));
    return { batchItemFailures: outcomes.flat() };
  }).use(onFailure);
