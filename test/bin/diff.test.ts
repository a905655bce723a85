import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tool } from './tool.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'sendwell-diff-'));
const [before, after] = [join(root, 'diabetes-program/v1'), join(root, 'diabetes-program/v2')];

const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

beforeAll(() => {
  cpSync(shipped, root, { recursive: true });
  cpSync(before, after, { recursive: true });
  edit(join(after, 'journey.yaml'), 'wait: 14 days', 'wait: 10 days');
  edit(join(after, 'journey.yaml'), 'purpose: marketing', 'purpose: plan_benefit_info');
});
afterAll(() => rmSync(root, { recursive: true }));

test('a version is the same as itself', async () => {
  expect(await tool('diff', before, before)).toMatchObject({ status: 0, err: '', out: 'diabetes-program v1 and diabetes-program v1 are the same' });
});

test('what changes is told in words, what consent is judged on first', async () => {
  expect(await tool('diff', before, after)).toMatchObject({ status: 1, err: '', out: `From diabetes-program v1 to diabetes-program v2:

What consent is judged on
  the messages are now sent for plan_benefit_info, not for marketing: consent is judged by the rules for that

The way through the steps
  after \`second-mail\` people now wait 10 days, not 14 days (\`two-weeks\`)` });
});

test('programs get each difference with its place and both values', async () => {
  const { status, out } = await tool('diff', before, join(root, 'diabetes-program'), '--json');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    before: 'diabetes-program v1', after: 'diabetes-program v2',
    differences: [
      { about: 'consent', path: 'message.purpose', before: 'marketing', after: 'plan_benefit_info' },
      { about: 'course', path: 'steps.two-weeks.until', words: expect.stringContaining('10 days') },
    ],
  });
});

test('a faulty version is answered with its findings', async () => {
  const faulty = join(root, 'diabetes-program/v3');
  cpSync(before, faulty, { recursive: true });
  edit(join(faulty, 'journey.yaml'), 'send: follow-up', 'send: nothing');
  expect(await tool('diff', before, faulty)).toMatchObject({ status: 1, out: '', err: expect.stringContaining('journey.unknown-template') });
  expect(JSON.parse((await tool('diff', before, faulty, '--json')).out)).toMatchObject({ findings: [{ code: 'journey.unknown-template' }] });
  rmSync(faulty, { recursive: true });
});

test('two versions are compared, no more and no fewer', async () => {
  expect((await tool('diff', before)).status).toBe(2);
  expect((await tool('diff', before, after, after)).status).toBe(2);
  expect((await tool('diff', before, join(root, 'nowhere'))).status).toBe(3);
});
