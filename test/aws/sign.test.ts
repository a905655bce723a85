import { expect, test } from 'vitest';
import type { ToSign } from '../../lib/aws/sign.ts';
import { signRequest } from '../../lib/aws/sign.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

const sign = (url: string, change: Partial<ToSign> = {}) => signRequest({
  method: 'GET', url: new URL(url), headers: {}, body: undefined, region: 'us-east-1', service: 'service', credentials,
  now: Date.parse('2015-08-30T12:36:00Z'), ...change,
});

const authorization = (names: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`;

test('the plain GET of the published test suite gets the published signature', () => {
  expect(sign('https://example.amazonaws.com/')['authorization'])
    .toBe(authorization('host;x-amz-date', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'));
});

test('the GET with a query of the published test suite gets the published signature, whatever the order of its parameters', () => {
  const published = authorization('host;x-amz-date', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500');
  expect(sign('https://example.amazonaws.com/?Param1=value1&Param2=value2')['authorization']).toBe(published);
  expect(sign('https://example.amazonaws.com/?Param2=value2&Param1=value1')['authorization']).toBe(published);
});

test('the POST with a body of the published test suite gets the published signature', () => {
  const signed = sign('https://example.amazonaws.com/', {
    method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1',
  });
  expect(signed['authorization'])
    .toBe(authorization('content-type;host;x-amz-date', 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a'));
});

test('the token of temporary credentials is sent and signed', () => {
  expect(sign('https://example.amazonaws.com/', { credentials: { ...credentials, sessionToken: 'token' } })).toMatchObject({
    'x-amz-security-token': 'token', authorization: expect.stringContaining('SignedHeaders=host;x-amz-date;x-amz-security-token'),
  });
});
