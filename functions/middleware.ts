import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { BurstOver, errorTable, SendwellError } from '../lib/core/errors.ts';

/** Codes and ids only: no message, no cause, no body, no stack, since each of them may quote what a patient sent. */
const logFailure = (error: unknown, context: Context | undefined): void => {
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

/** Answers of the API; `text` goes out as HTML. */
export type ApiAnswer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: number; readonly html: string }
  | { readonly status: 302; readonly location: string };

const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const answer = (result: ApiAnswer): APIGatewayProxyResult => {
  if ('location' in result) return { statusCode: 302, headers: { ...headers, location: result.location }, body: '' };
  if ('html' in result) {
    return {
      statusCode: result.status,
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy },
      body: result.html,
    };
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

export type ApiRequest = { readonly method: string; readonly userAgent: string };

/** The largest body that is read, in characters; a batch of 25 contacts stays far below. */
const bodyLimit = 1_000_000;

/**
 * A method of the REST API. The input is the JSON body with the path's parameters laid over it, checked by one
 * schema; a form body (RFC 8058) is not read. Of the query only the parameters in `queries` are.
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
      return answer(await handler(input, { method: event.httpMethod, userAgent: agent }));
    } catch (error) {
      logFailure(error, context);
      return failed(error);
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
