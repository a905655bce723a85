import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
let assembly: string;

beforeEach(() => {
  assembly = mkdtempSync(join(tmpdir(), 'sendwell-assembly-'));
  cpSync(`${fixtures}/assembly`, assembly, { recursive: true });
});

afterEach(() => {
  rmSync(assembly, { recursive: true });
});

const start = (): Promise<Platform> =>
  startPlatform({ assembly, functions: `${fixtures}/functions`, startAt: '2027-01-04T08:00:00.000Z' as Instant });

const edit = (from: string, to: string): void => {
  const file = join(assembly, 'engine.template.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
};

const awsVariables = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_') || name.startsWith('SENDWELL_')));

test('a custom resource that fails stops the start with its reason', async () => {
  edit('"journey": "greeting"', '"journey": "broken"');
  await expect(start()).rejects.toThrow('journey.changed');
});

test('a start that fails gives the environment back', async () => {
  const before = awsVariables();
  edit('"journey": "greeting"', '"journey": "broken"');
  await expect(start()).rejects.toThrow('engine/Published');
  expect(awsVariables()).toStrictEqual(before);
});

test('a function without a folder stops the start', async () => {
  edit('"sendwell:function": "sweep-due"', '"sendwell:function": "nowhere"');
  await expect(start()).rejects.toThrow('nowhere');
});

test('an event source that no template makes stops the start', async () => {
  edit('"data:Stream"', '"data:Vault"');
  await expect(start()).rejects.toThrow('engine/StreamMapping');
});

test('real credentials in sight refuse the start', async () => {
  process.env['AWS_PROFILE'] = 'production';
  try {
    await expect(start()).rejects.toThrow(expect.objectContaining({ code: 'local.unsafe', detail: { variables: ['AWS_PROFILE'] } }));
  } finally {
    delete process.env['AWS_PROFILE'];
  }
});

test('one platform after another starts in the same process', async () => {
  for (const name of ['first', 'second']) {
    const platform = await start();
    expect(await platform.call('PUT', `/things/${name}`, { due: '2027-01-05T00:00:00.000Z' })).toMatchObject({ status: 201 });
    await platform.stop();
  }
});

test('while one platform runs, another is refused', async () => {
  const platform = await start();
  await expect(start()).rejects.toThrow(expect.objectContaining({ code: 'local.unsafe' }));
  await platform.stop();
});
