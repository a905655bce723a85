import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
// stop or on SIGKILL alike, the shell ends the engine and clears what was not to be kept.
const guard = '"$0" "$@" & engine=$!; while read -r line; do :; done; kill -9 $engine; wait $engine 2>/dev/null; '
  + '[ -z "$SENDWELL_SCRATCH" ] || rm -rf "$SENDWELL_SCRATCH"';

// Each write to a table with a stream asks for the stream's highest number. Without these the engine reads every record
// of the stream for the answer, so that a thousand contacts take far longer than ten times a hundred.
const streamIndexes = `
  CREATE INDEX IF NOT EXISTS sendwell_last ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS sendwell_next ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
`;

const addStreamIndexes = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec(streamIndexes);
  } finally {
    database.close();
  }
};

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
 * @param folder Where tables live on; without it they go when the engine ends, however it ends.
 * @throws SendwellError `local.unsupported` where no engine exists for this machine.
 */
export const startDynamo = async (folder?: string): Promise<DynamoEngine> => {
  const port = await freePort();
  const scratch = folder === undefined ? mkdtempSync(join(tmpdir(), 'sendwell-tables-')) : '';
  const place = folder ?? scratch;
  mkdirSync(place, { recursive: true });
  const file = join(place, 'tables.db');
  const options = ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const child = spawn('/bin/sh', ['-c', guard, binary(), ...options], {
    stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, SENDWELL_SCRATCH: scratch },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if (await answers(url)) {
      addStreamIndexes(file);
      return { url, stop };
    }
    await pause(10);
  }
  await stop();
  throw new SendwellError('local.unsupported', { platform: `${process.platform}-${process.arch}`, port });
};
