import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { apiEntry, pageEntry, queueEntry, taskEntry } from '../../functions/middleware.ts';
import { BurstOver, SendwellError } from '../../lib/core/errors.ts';

const context = { functionName: 'test', awsRequestId: 'r-1' } as Context;

const request = (body: string | null, change: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent => ({
  body, headers: { 'Content-Type': 'application/json' }, httpMethod: 'POST', path: '/', resource: '/', isBase64Encoded: false,
  multiValueHeaders: {}, multiValueQueryStringParameters: null, pathParameters: null, queryStringParameters: null,
  stageVariables: null, requestContext: {} as never, ...change,
});

const echo = apiEntry(z.strictObject({ contact: z.string(), age: z.number().optional() }), (input) =>
  Promise.resolve({ status: 200, json: input }));

let logged: string[] = [];
beforeEach(() => {
  logged = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => { logged.push(line); });
});
afterEach(() => vi.restoreAllMocks());

const ask = async (event: APIGatewayProxyEvent) => {
  const answer = await echo(event, context);
  return { status: answer.statusCode, body: JSON.parse(answer.body) as { error?: Record<string, unknown> } };
};

test('the parameters of the path lie over the body', async () => {
  const { body } = await ask(request('{"contact": "theirs"}', { pathParameters: { contact: 'ours' } }));
  expect(body).toEqual({ contact: 'ours' });
});

test('a body that is no JSON is malformed, and the answer says how to mend it', async () => {
  const { status, body } = await ask(request('{"contact": '));
  expect([status, body.error]).toEqual([400, { code: 'input.malformed', remedy: 'Send a JSON body that fits the schema of this operation.' }]);
});

test('a list is malformed', async () => {
  expect((await ask(request('[]'))).body.error?.['code']).toBe('input.malformed');
});

test('a body of more than a million characters is not read', async () => {
  expect((await ask(request(`"${'x'.repeat(1_000_000)}"`))).status).toBe(400);
});

test('a value of the wrong type is named by its path', async () => {
  const { status, body } = await ask(request('{"contact": "c", "age": "Ann"}'));
  expect([status, body.error?.['faults']]).toEqual([422, ['age: invalid_type']]);
});

test('neither the answer nor the log repeats a value or a key that somebody sent', async () => {
  const { body } = await ask(request('{"contact": "Ann Lee", "age": "forty", "Ann Lee": 1}'));
  expect(`${JSON.stringify(body)}${logged.join('')}`).not.toMatch(/Ann|forty/u);
});

test('an unexpected error is answered as internal, without its message', async () => {
  const failing = apiEntry(z.object({}), () => Promise.reject(new Error('Ann Lee has no key')));
  const answer = await failing(request('{}'), context);
  expect(`${answer.statusCode}${answer.body}${logged.join('')}`).not.toContain('Ann');
  expect(answer.statusCode).toBe(500);
});

test('a task fails with the code as its name and nothing else', async () => {
  const failing = taskEntry(z.unknown(), () => Promise.reject(new SendwellError('contact.unknown', { contact: 'c_1' })));
  const error = await failing({}, context).catch((caught: unknown) => caught) as Error;
  expect([error.name, error.message, error.stack]).toEqual(['contact.unknown', 'contact.unknown', 'contact.unknown']);
});

test('an unexpected error of a task is named internal', async () => {
  const failing = taskEntry(z.unknown(), () => Promise.reject(new TypeError('Ann Lee is not a function')));
  const error = await failing({}, context).catch((caught: unknown) => caught) as Error;
  expect([error.name, error.message]).toEqual(['internal', 'internal']);
});

test('the end of a burst is no failure, and is not logged', async () => {
  const over = taskEntry(z.unknown(), () => Promise.reject(new BurstOver()));
  await expect(over({}, context)).rejects.toThrow('BurstOver');
  expect(logged).toEqual([]);
});

test('one bad message of a batch is repeated alone', async () => {
  const handled: number[] = [];
  const consume = queueEntry(z.strictObject({ n: z.number() }), ({ n }) => {
    handled.push(n);
    return Promise.resolve();
  });
  const record = (messageId: string, body: string) => ({ messageId, body }) as never;
  const answer = await consume({ Records: [record('a', '{"n": 1}'), record('b', 'no JSON'), record('c', '{"n": 3}')] }, context);
  expect([handled, answer]).toEqual([[1, 3], { batchItemFailures: [{ itemIdentifier: 'b' }] }]);
});

const fields = pageEntry(z.object({ token: z.string(), form: z.record(z.string(), z.string()) }), ({ token, form }) =>
  Promise.resolve({ status: 200, html: JSON.stringify({ token, form }) }));
const form = (body: string, change: Partial<APIGatewayProxyEvent> = {}) => request(body, {
  headers: { 'content-type': 'application/x-www-form-urlencoded' }, pathParameters: { token: 't' }, ...change,
});

test('a page reads the fields of a form, which never stand for a parameter of the path', async () => {
  const { body } = await fields(form('name=Ada+L%C3%B3pez&token=theirs&agree=no&agree=yes'), context);
  expect(JSON.parse(body)).toEqual({ token: 't', form: { name: 'Ada López', token: 'theirs', agree: 'yes' } });
});

test.each([
  ['a GET', { httpMethod: 'GET' }], ['JSON', { headers: { 'content-type': 'application/json' } }], ['no type', { headers: {} }],
])('a page reads no fields of %s', async (_, change) => {
  expect(JSON.parse((await fields(form('name=Ada', change), context)).body)).toEqual({ token: 't', form: {} });
});

test('a page carries a policy under which nothing is loaded, no script runs, and forms go back to it alone', async () => {
  const { headers = {} } = await fields(form(''), context);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none';.* form-action 'self'; frame-ancestors 'none'/u);
  expect([headers['cache-control'], headers['referrer-policy'], headers['content-type']]).toEqual(['no-store', 'no-referrer', 'text/html; charset=utf-8']);
});

const failing = (fault: Error) => pageEntry(z.object({ form: z.unknown() }), () => Promise.reject(fault));

test('whatever a caller gets wrong, a page answers alike', async () => {
  const faults = [
    failing(new SendwellError('link.invalid')), failing(new SendwellError('contact.unknown', { contact: 'c_1' })),
    failing(new SendwellError('contact.shredded', { contact: 'c_1' })), pageEntry(z.object({ token: z.string().max(0) }), () => Promise.reject(new Error('never'))),
  ];
  const answers = await Promise.all(faults.map((page) => page(form('name=Ann'), context)));
  expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(answers.map(() => [404, answers[0]?.body]));
  const tooLong = await fields(form(`name=${'x'.repeat(20_000)}`), context);
  expect([tooLong.statusCode, tooLong.body]).toEqual([404, answers[0]?.body]);
});

test('a fault of ours says that nothing was changed, in the language of the reader, and tells nothing', async () => {
  const { statusCode, body } = await failing(new Error('Ann Lee has no key'))(form('', { queryStringParameters: { lang: 'es' } }), context);
  expect([statusCode, body.includes('Algo salió mal'), /Ann|Lee/u.test(body + logged.join(''))]).toEqual([500, true, false]);
});
