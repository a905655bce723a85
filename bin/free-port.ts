import { createServer } from 'node:net';

/** A port that nobody else can take until it is released. */
export type ReservedPort = { readonly port: number; readonly release: () => Promise<void> };

const tryPort = (port: number): Promise<ReservedPort | undefined> => new Promise((resolve) => {
  const server = createServer();
  server.on('error', () => resolve(undefined));
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address !== 'object' || address === null) return resolve(undefined);
    return resolve({ port: address.port, release: () => new Promise((done) => { server.close(() => done()); }) });
  });
});

/** The port itself while nobody listens on it, so that links in kept mails go on working; otherwise any free one. */
export const reservePort = async (preferred: number): Promise<ReservedPort> => {
  const reserved = await tryPort(preferred) ?? await tryPort(0);
  if (reserved === undefined) throw new Error('no free port on 127.0.0.1');
  return reserved;
};
