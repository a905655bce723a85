import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import type { Served } from '../../lib/local/engines/http.ts';
import { startFront } from '../../lib/local/front.ts';

type Event = {
  readonly resource: string;
  readonly pathParameters: unknown;
  readonly queryStringParameters: unknown;
  readonly multiValueQueryStringParameters: unknown;
  readonly body: unknown;
  readonly requestContext: { readonly identity: Readonly<Record<string, unknown>>; readonly requestTimeEpoch: number };
};

let front: Served;
let events: Event[];
let result: unknown;

beforeEach(async () => {
  events = [];
  result = { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: 'ok' };
  front = await startFront({
    routes: [
      { method: 'GET', resource: '/things/{thing}', functionArn: 'thing', authorization: 'AWS_IAM' },
      { method: 'GET', resource: '/things/all', functionArn: 'all', authorization: 'NONE' },
      { method: 'ANY', resource: '/files/{path+}', functionArn: 'files', authorization: 'NONE' },
    ],
    invoke: (functionArn, event) => {
      events.push(event as Event);
      return Promise.resolve(functionArn === 'files' ? { statusCode: 204 } : result);
    },
    now: () => '2027-01-04T08:00:00.000Z' as Instant,
    account: '000000000000',
  });
});

afterEach(async () => {
  await front.stop();
});

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${front.url}${path}`, init);

test('path parameters are decoded', async () => {
  await get('/things/a%20b');
  expect(events).toMatchObject([{ resource: '/things/{thing}', pathParameters: { thing: 'a b' } }]);
});

test('a literal path wins over a parameter', async () => {
  await get('/things/all');
  expect(events).toMatchObject([{ resource: '/things/all', pathParameters: null }]);
});

test('a greedy parameter takes the rest of the path, and ANY takes every method', async () => {
  expect((await get('/files/a/b', { method: 'DELETE' })).status).toBe(204);
  expect(events).toMatchObject([{ pathParameters: { path: 'a/b' } }]);
});

test('query parameters come once as the last value and once as all values', async () => {
  await get('/things/all?a=1&a=2');
  expect(events).toMatchObject([{ queryStringParameters: { a: '2' }, multiValueQueryStringParameters: { a: ['1', '2'] } }]);
});

test('a missing query and a missing body are null', async () => {
  await get('/things/all');
  expect(events).toMatchObject([{ queryStringParameters: null, body: null }]);
});

test('a signed request carries its signer, on the virtual clock', async () => {
  await get('/things/a', { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=nurse-7/20270104/x/y/aws4_request' } });
  expect(events[0]?.requestContext).toMatchObject({ identity: { user: 'nurse-7', accountId: '000000000000' }, requestTimeEpoch: 1_799_049_600_000 });
});

test('a public path knows no caller, whatever the request says', async () => {
  await get('/things/all', { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=nurse-7/20270104/x/y/aws4_request' } });
  expect(events[0]?.requestContext.identity).toMatchObject({ user: null, userArn: null, accountId: null });
});

test('a function\'s own content type stands alone', async () => {
  expect((await get('/things/all')).headers.get('content-type')).toBe('text/html');
});

test('a result that is no answer is an internal error', async () => {
  result = { outcome: 'sent' };
  expect((await get('/things/all')).status).toBe(502);
});
