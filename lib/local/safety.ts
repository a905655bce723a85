import { devNull } from 'node:os';
import { SendwellError } from '../core/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Signs the platform's own calls; a function signs with its own name. No AWS account knows either. */
export const localKeyId = 'sendwell-local';

const realCredentials = [
  'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** The one service whose engine may be another's. */
export const dynamoEndpoint = 'AWS_ENDPOINT_URL_DYNAMODB';

const isLoopback = (url: string): boolean => {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
};

/**
 * Refuses to start where a call could reach AWS, or another engine than the platform's own.
 *
 * @throws SendwellError `local.unsafe` with the names of the variables in question.
 */
export const checkSafety = (environment: Environment): void => {
  const variables = Object.entries(environment).filter(([name, value]) => {
    if (value === undefined || value === '') return false;
    if (name === 'AWS_ACCESS_KEY_ID') return value !== localKeyId;
    if (name === dynamoEndpoint) return !isLoopback(value);
    return realCredentials.includes(name) || name.startsWith('AWS_ENDPOINT_URL');
  }).map(([name]) => name);
  if (variables.length > 0) throw new SendwellError('local.unsafe', { variables });
};

export type Endpoints = {
  readonly dynamo: string; readonly workflow: string; readonly messages: string; readonly kms: string;
  readonly mail: string;
};

/** Points every SDK client at the engines, and at no credentials but made-up ones. */
export const localEnvironment = (region: string, endpoints: Endpoints): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: localKeyId,
  AWS_SECRET_ACCESS_KEY: localKeyId,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  [dynamoEndpoint]: endpoints.dynamo,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamo,
  AWS_ENDPOINT_URL_SFN: endpoints.workflow,
  AWS_ENDPOINT_URL_S3: endpoints.messages,
  AWS_ENDPOINT_URL_SQS: endpoints.messages,
  AWS_ENDPOINT_URL_SNS: endpoints.messages,
  AWS_ENDPOINT_URL_KMS: endpoints.kms,
  AWS_ENDPOINT_URL_SESV2: endpoints.mail,
});

/** Sets variables of this process and hands back what puts the former values back. */
export const occupyEnvironment = (variables: Readonly<Record<string, string>>): (() => void) => {
  const former = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of former) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};

/**
 * The variables of all functions together: on one machine they share a process.
 *
 * @throws Error when two functions want different values under one name.
 */
export const mergeEnvironments = (
  environments: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> => {
  const merged: Record<string, string> = {};
  for (const environment of environments) {
    for (const [name, value] of Object.entries(environment)) {
      if (name in merged && merged[name] !== value) throw new Error(`two functions want different values of ${name}`);
      merged[name] = value;
    }
  }
  return merged;
};
