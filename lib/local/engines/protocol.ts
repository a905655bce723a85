import type { Answer, Asked } from './http.ts';

/** An error as an AWS service answers it; SDK clients rebuild it under the same name. */
export class AwsFault extends Error {
  readonly status: number;

  constructor(name: string, message = '', status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export type Input = Readonly<Record<string, unknown>>;
export type Operations = Readonly<Record<string, (input: Input, asked: Asked) => object | Promise<object>>>;

/**
 * Answers an AWS JSON protocol: the operation stands in `X-Amz-Target`, its input in the body.
 *
 * @param version 1.0 for Step Functions, 1.1 for KMS.
 */
export const awsJson = (version: '1.0' | '1.1', operations: Operations) => async (asked: Asked): Promise<Answer> => {
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  try {
    const target = String(asked.headers['x-amz-target'] ?? '');
    const operation = operations[target.slice(target.lastIndexOf('.') + 1)];
    if (operation === undefined) throw new AwsFault('UnknownOperationException', target);
    const output = await operation(JSON.parse(asked.body === '' ? '{}' : asked.body) as Input, asked);
    return { status: 200, headers, body: JSON.stringify(output) };
  } catch (error) {
    const { name, message, status } = error instanceof AwsFault ? error : new AwsFault('InternalFailure', '', 500);
    return { status, headers, body: JSON.stringify({ __type: name, message }) };
  }
};

/** The access key id that signed a request; the local platform gives each function its own name for one. */
export const signer = (asked: Asked): string =>
  /Credential=([^/]+)\//u.exec(String(asked.headers.authorization ?? ''))?.[1] ?? 'anonymous';
