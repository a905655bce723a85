import { createServer } from 'node:net';

const tryPort = (port: number): Promise<number | undefined> => new Promise((resolve) => {
  const server = createServer();
  server.on('error', () => resolve(undefined));
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
  });
});

/** The port itself while nobody listens on it, so that links in kept mails go on working; otherwise any free one. */
export const freePort = async (preferred: number): Promise<number> => {
  const port = await tryPort(preferred) ?? await tryPort(0);
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  return port;
};
