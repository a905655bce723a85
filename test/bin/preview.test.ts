import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tool } from './tool.ts';

const renewal = fileURLToPath(new URL('../../statemachines/journeys/authorization-renewal', import.meta.url));
const enrollment = fileURLToPath(new URL('../../statemachines/journeys/health-plan-enrollment', import.meta.url));

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sendwell-preview-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const sample = (value: object): string => {
  const file = join(root, 'sample.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
};

test('a message is shown with the values of the sample', async () => {
  const { status, out } = await tool('preview', enrollment, 'invitation', '--sample', sample({ contact: { firstName: 'Rosa' } }));
  expect(status).toBe(0);
  expect(out).toMatch(/^Your plan for the coming year\n\nHello Rosa,/u);
});

test('a part is shown alone', async () => {
  expect(await tool('preview', enrollment, 'invitation', '--part', 'subject')).toMatchObject({ status: 0, out: 'Your plan for the coming year' });
});

test('a template that is not there is told with those that are', async () => {
  expect(await tool('preview', enrollment, 'nothing')).toMatchObject({ status: 3, err: expect.stringContaining('it has follow-up, invitation, reminder') });
});

test('another language is shown where the template has it', async () => {
  const english = await tool('preview', renewal, 'notice', '--part', 'subject');
  const spanish = await tool('preview', renewal, 'notice', '--part', 'subject', '--language', 'es');
  expect([english.status, spanish.status, english.out === spanish.out]).toEqual([0, 0, false]);
});

test('a zone that is none is wrong usage', async () => {
  expect(await tool('preview', enrollment, 'invitation', '--zone', 'Mars/Olympus')).toMatchObject({ status: 2 });
});
