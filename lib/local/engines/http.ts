import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

export type Asked = {
  readonly method: string;
  /** Path and query, as they came in. */
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body: string | Buffer };

export type Served = {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

const served = new Map<number, (asked: Asked) => Promise<Answer>>();

/** Whoever answers on a port, when it is served by this process: asked directly, it spares both ends the socket. */
export const answerOf = (port: number | undefined): ((asked: Asked) => Promise<Answer>) | undefined =>
  (port === undefined ? undefined : served.get(port));

/**
 * Serves on the loopback interface only. An answer that throws is a 500 with the error's name alone, so that nothing
 * of a request is repeated.
 *
 * @param port 0, the default, takes any free port.
 */
export const serve = async (answer: (asked: Asked) => Promise<Answer>, port = 0): Promise<Served> => {
  const safely = (asked: Asked): Promise<Answer> => answer(asked)
    .catch((error: unknown) => ({ status: 500, body: error instanceof Error ? error.name : 'Error' }));
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const reply = ({ status, headers, body }: Answer): void => {
      response.writeHead(status, headers).end(body);
    };
    bodyOf(request)
      .then((body) => safely({
        method: request.method ?? 'GET',
        url: new URL(request.url ?? '/', 'http://127.0.0.1'),
        headers: request.headers,
        body,
      }))
      .then(reply, () => reply({ status: 500, body: 'Error' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  served.set(bound, safely);
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    stop: () => new Promise((resolve) => {
      served.delete(bound);
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};

/** A port that was free a moment ago, for a server that cannot pick one itself. */
export const freePort = async (): Promise<number> => {
  const { port, stop } = await serve(() => Promise.resolve({ status: 404, body: '' }));
  await stop();
  return port;
};
