import { expect, test } from 'vitest';
import { SendwellError } from '../../lib/core/errors.ts';
import { checkSafety, mergeEnvironments, occupyEnvironment } from '../../lib/local/safety.ts';

const refused = (environment: Record<string, string>): unknown => {
  try {
    checkSafety(environment);
    return undefined;
  } catch (error) {
    return error instanceof SendwellError ? { code: error.code, ...error.detail } : error;
  }
};

test('a plain environment is safe', () => {
  expect(refused({ PATH: '/bin', HOME: '/root', AWS_REGION: 'us-west-2' })).toBeUndefined();
});

test.each([
  'AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI',
])('%s is refused by name, never by value', (name) => {
  expect(refused({ [name]: 'AKIASECRET' })).toStrictEqual({ code: 'local.unsafe', variables: [name] });
});

test('the made-up credentials of the platform itself are safe', () => {
  expect(refused({ AWS_ACCESS_KEY_ID: 'sendwell-local' })).toBeUndefined();
});

test.each(['https://dynamodb.us-east-1.amazonaws.com', 'http://127.0.0.1.evil.example:8000', 'http://10.0.0.1:8000', 'junk'])(
  'a DynamoDB endpoint at %s is refused', (url) => {
    expect(refused({ AWS_ENDPOINT_URL_DYNAMODB: url })).toMatchObject({ code: 'local.unsafe' });
  });

test.each(['http://127.0.0.1:8000', 'http://localhost:8000', 'http://[::1]:8000'])(
  'a DynamoDB endpoint at %s is taken', (url) => {
    expect(refused({ AWS_ENDPOINT_URL_DYNAMODB: url })).toBeUndefined();
  });

test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_KMS', 'AWS_ENDPOINT_URL_SESV2'])(
  '%s is refused, since another engine would bypass the platform\'s own', (name) => {
    expect(refused({ [name]: 'http://127.0.0.1:4566' })).toMatchObject({ code: 'local.unsafe', variables: [name] });
  });

test('functions that disagree on a variable are refused', () => {
  expect(() => mergeEnvironments([{ TABLE: 'one' }, { TABLE: 'two' }])).toThrow('TABLE');
});

test('an occupied environment is given back as it was', () => {
  process.env['SENDWELL_TEST_KEPT'] = 'before';
  const release = occupyEnvironment({ SENDWELL_TEST_KEPT: 'during', SENDWELL_TEST_NEW: 'during' });
  release();
  expect([process.env['SENDWELL_TEST_KEPT'], process.env['SENDWELL_TEST_NEW']]).toStrictEqual(['before', undefined]);
  delete process.env['SENDWELL_TEST_KEPT'];
});
