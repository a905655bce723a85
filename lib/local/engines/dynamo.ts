import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SendwellError } from '../../core/errors.ts';
import { freePort } from './http.ts';

export type DynamoEngine = { readonly url: string; readonly stop: () => Promise<void> };

const binary = (): string => {
  try {
    const manifest = findPackageJSON(`@dynoxide/${process.platform}-${process.arch}`, import.meta.url);
    if (manifest !== undefined) return join(dirname(manifest), 'dynoxide');
  } catch {
    // Not installed: said below.
  }
  throw new SendwellError('local.unsupported', { platform: `${process.platform}-${process.arch}` });
};

// The engine must not outlive this process, however it ends. The shell holds a pipe from it: when the pipe closes, on
// stop or on SIGKILL alike, the shell ends the engine.
const guard = '"$0" "$@" & engine=$!; while read -r line; do :; done; kill -9 $engine; wait $engine 2>/dev/null';

const answers = async (url: string): Promise<boolean> => {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
};

/**
 * Starts a DynamoDB engine on a free port.
 *
 * @param folder Where tables live on; without it they live in memory.
 * @throws SendwellError `local.unsupported` where no engine exists for this machine.
 */
export const startDynamo = async (folder?: string): Promise<DynamoEngine> => {
  const port = await freePort();
  const options = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    options.push('--db-path', join(folder, 'tables.db'));
  }
  const child = spawn('/bin/sh', ['-c', guard, binary(), ...options], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if (await answers(url)) return { url, stop };
    await pause(10);
  }
  await stop();
  throw new SendwellError('local.unsupported', { platform: `${process.platform}-${process.arch}`, port });
};
