import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tool } from './tool.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'sendwell-draw-'));
const program = join(root, 'diabetes-program');

const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

beforeAll(() => {
  cpSync(shipped, root, { recursive: true });
  cpSync(join(program, 'v1'), join(program, 'v2'), { recursive: true });
  edit(join(program, 'v2/journey.yaml'), 'wait: 14 days', 'wait: 10 days');
});
afterAll(() => rmSync(root, { recursive: true }));

test('draw prints the picture of a version', async () => {
  const { status, out, err } = await tool('draw', join(program, 'v1'));
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('flowchart TD');
  expect(out).toContain('waits 14 days');
});

test('draw takes the newest version of a journey', async () => {
  expect((await tool('draw', program)).out).toContain('waits 10 days');
});

test('draw comes to the same text each time', async () => {
  expect((await tool('draw', program)).out).toBe((await tool('draw', program)).out);
});

test('draw writes where it is told to', async () => {
  const file = join(root, 'picture.mmd');
  expect(await tool('draw', program, '--out', file)).toMatchObject({ status: 0, out: '' });
  expect(readFileSync(file, 'utf8')).toBe(`${(await tool('draw', program)).out}\n`);
});

test('draw says where it cannot write', async () => {
  expect(await tool('draw', program, '--out', join(root, 'no/picture.mmd'))).toMatchObject({ status: 3, err: expect.stringContaining('cannot be written') });
});

test('programs get the picture with the version that it is of', async () => {
  const { out } = await tool('draw', program);
  expect(JSON.parse((await tool('draw', program, '--json')).out)).toEqual({ journey: 'diabetes-program', version: 2, mermaid: out });
});

test('draw answers a faulty journey with its findings', async () => {
  const faulty = join(program, 'v3');
  cpSync(join(program, 'v1'), faulty, { recursive: true });
  edit(join(faulty, 'journey.yaml'), 'send: follow-up', 'send: nothing');
  expect(await tool('draw', faulty)).toMatchObject({ status: 1, out: '', err: expect.stringContaining('journey.unknown-template') });
  expect(JSON.parse((await tool('draw', faulty, '--json')).out)).toMatchObject({ findings: [{ code: 'journey.unknown-template' }] });
  rmSync(faulty, { recursive: true });
});

test('draw takes one journey', async () => {
  expect((await tool('draw', root)).status).toBe(3);
  expect((await tool('draw')).status).toBe(2);
});
