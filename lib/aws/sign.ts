import { createHash, createHmac } from 'node:crypto';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined };

export type ToSign = {
  readonly method: string;
  readonly url: URL;
  /** Headers beside those of the signature; names in lower case. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly body: string | undefined;
  readonly region: string;
  /** `execute-api` for the REST API. */
  readonly service: string;
  readonly credentials: Credentials;
  /** Epoch milliseconds; AWS allows five minutes of difference. */
  readonly now: number;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Every byte but the unreserved ones of RFC 3986; the language's own function leaves five more as they are. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The URL of such a request comes with its path encoded once; every service but S3 wants it encoded again. */
const canonicalPath = (path: string): string => path.split('/').map(encode).join('/');

const order = (one: string, other: string): number => (one < other ? -1 : 1);

/** Parameters by name, then by value. */
const canonicalQuery = (query: URLSearchParams): string =>
  [...query].map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([name, value], [other, more]) => (name === other ? order(value, more) : order(name, other)))
    .map((pair) => pair.join('=')).join('&');

/**
 * The headers of a request, signed with Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export const signRequest = (
  { method, url, headers, body = '', region, service, credentials, now }: ToSign,
): Readonly<Record<string, string>> => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z`;
  const day = time.slice(0, 8);
  const signed: Readonly<Record<string, string>> = {
    ...headers, host: url.host, 'x-amz-date': time, ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const sorted = Object.entries(signed).sort(([one], [other]) => order(one, other));
  const names = sorted.map(([name]) => name).join(';');
  const canonical = [
    method, canonicalPath(url.pathname), canonicalQuery(url.searchParams), ...sorted.map(([name, value]) => `${name}:${value}`), '', names, sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce<Buffer>((last, part) => hmac(last, part), hmac(`AWS4${secretAccessKey}`, day));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return {
    ...signed, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
};
