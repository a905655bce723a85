import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, inject, test } from 'vitest';
import { referenceSends } from './people.ts';

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url));
const dataFolder = mkdtempSync(join(tmpdir(), 'sendwell-kill-'));

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

type Fared = { readonly mailed: readonly string[]; readonly ended: readonly string[] };
type Outcome = { readonly signal: string | null; readonly printed: { calls: number; fared: readonly Fared[]; report: Record<string, number> } | undefined };

const run = (name: string, nth?: number): Promise<Outcome> => new Promise((resolve) => {
  const args = [child, inject('assembly'), dataFolder, name, ...(nth === undefined ? [] : [String(nth)])];
  execFile(process.execPath, args, { maxBuffer: 1 << 24 }, (error, stdout) => {
    resolve({ signal: error?.signal ?? null, printed: stdout === '' ? undefined : JSON.parse(stdout) as Outcome['printed'] });
  });
});

// Evenly over the run; SENDWELL_LONG=1 kills at every single call.
const kills = process.env['SENDWELL_LONG'] === '1' ? Number.POSITIVE_INFINITY : 12;

test('kill -9 anywhere in a run, then a restart: nobody is lost and nobody is mailed twice', async () => {
  const calm = await run('calm');
  const calls = calm.printed?.calls ?? 0;
  expect(calls).toBeGreaterThan(40);
  const step = Math.max(1, Math.floor(calls / kills));
  for (let nth = 1; nth <= calls; nth += step) {
    expect((await run(`killed-${nth}`, nth)).signal).toBe('SIGKILL');
  }
  const last = await run('last');
  const fared = last.printed?.fared ?? [];
  const unsound = fared.filter(({ mailed, ended }) =>
    ended.length !== 1 || ended[0] !== 'completed' || new Set(mailed).size !== mailed.length || mailed.length < referenceSends.length - 1);
  expect(unsound).toEqual([]);
  // Whoever entered was mailed something, and was counted once.
  expect(last.printed?.report).toMatchObject({ nobodyLost: true, active: 0, failed: 0, entered: fared.length });
}, 1_800_000);
