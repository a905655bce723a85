import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Walk, WalkOptions } from './walk.ts';

type Told = { readonly walk: Walk } | { readonly failed: string };

const entry = fileURLToPath(new URL('walk-entry.ts', import.meta.url));

/** Walks the journey in a fresh process. Rejects with what the walk says when it fails. */
export const walkApart = (options: WalkOptions): Promise<Walk> => new Promise((resolve, reject) => {
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.on('message', (told: Told) => {
    if ('walk' in told) resolve(told.walk);
    else reject(new Error(told.failed));
  });
  child.once('error', reject);
  child.once('exit', (code, signal) => reject(new Error(`the walk ended early, by ${signal ?? `status ${code ?? 'none'}`}`)));
  child.send(options);
});
