import { expect, test } from 'vitest';
import { signGet } from '../../lib/aws/sign.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const sign = (url: string, sessionToken?: string) => signGet({
  url: new URL(url), region: 'us-east-1', service: 'service', credentials: { ...credentials, sessionToken },
  now: Date.parse('2015-08-30T12:36:00Z'),
});

test('the plain GET of the published test suite gets the published signature', () => {
  expect(sign('https://example.amazonaws.com/')['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, '
    + 'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  );
});

test('the token of temporary credentials is sent and signed', () => {
  expect(sign('https://example.amazonaws.com/', 'token')).toMatchObject({
    'x-amz-security-token': 'token', authorization: expect.stringContaining('SignedHeaders=host;x-amz-date;x-amz-security-token'),
  });
});
