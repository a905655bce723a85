import { createHash, createHmac } from 'node:crypto';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined };

export type ToSign = {
  readonly url: URL;
  readonly region: string;
  /** `execute-api` for the REST API. */
  readonly service: string;
  readonly credentials: Credentials;
  /** Epoch milliseconds; AWS allows five minutes of difference. */
  readonly now: number;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The URL of such a request comes with its path encoded once; every service but S3 wants it encoded again. */
const canonicalPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/**
 * Headers that sign a GET without a body and without a query, with Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export const signGet = ({ url, region, service, credentials, now }: ToSign): Readonly<Record<string, string>> => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z`;
  const day = time.slice(0, 8);
  const headers: Readonly<Record<string, string>> = {
    host: url.host, 'x-amz-date': time, ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).join(';');
  const canonical = [
    'GET', canonicalPath(url.pathname), '', ...Object.entries(headers).map(([name, value]) => `${name}:${value}`), '', names, sha256(''),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce<Buffer>((last, part) => hmac(last, part), hmac(`AWS4${secretAccessKey}`, day));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return {
    ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
};
