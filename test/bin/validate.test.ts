import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tool } from './tool.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));
const program = 'diabetes-program/v1/journey.yaml';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sendwell-validate-'));
  cpSync(shipped, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const change = (file: string, from: string, to: string): void => {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

/** Where a text stands in a file, as an editor counts. */
const placeOf = (file: string, text: string): string => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const line = lines.findIndex((one) => one.includes(text));
  return `${relative('.', join(root, file))}:${line + 1}:${(lines[line]?.indexOf(text) ?? 0) + 1}`;
};

test('the journeys that ship are checked where no path is given', async () => {
  expect(await tool('validate')).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/^\d+ versions without a fault$/u) });
});

test('each finding tells file, line and column, what is wrong and how to mend it', async () => {
  change(program, 'send: follow-up', 'send: nothing');
  const { status, out } = await tool('validate', root);
  expect(status).toBe(1);
  expect(out).toContain(`${placeOf(program, 'nothing')}  journey.unknown-template\n`);
  expect(out).toMatch(/\(steps\[2\]\.send\)\n {4}Add the template to the journey, or correct the name\.\n/u);
  expect(out).toMatch(/^1 finding; \d+ versions? without a fault$/mu);
});

test('programs get the same, with the place as numbers', async () => {
  change(program, 'within: 7 days', 'withn: 7 days');
  const { status, out } = await tool('validate', join(root, 'diabetes-program'), '--json');
  const line = Number(placeOf(program, 'withn').split(':')[1]);
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    findings: [
      { code: 'journey.wait-without-timeout', line: line - 3, column: 5, path: 'steps[1].within' },
      { code: 'journey.unknown-key', line, column: 5, path: 'steps[1].withn', file: relative('.', join(root, program)) },
    ],
  });
});

test('a fault of the YAML is told at its place', async () => {
  writeFileSync(join(root, program), 'journey: a\nsteps:\n  - send: [\n');
  expect((await tool('validate', join(root, program))).out).toContain(`${relative('.', join(root, program))}:4:1  journey.invalid-yaml`);
});

test('a file that is missing is told without a place', async () => {
  rmSync(join(root, program));
  const { out } = await tool('validate', join(root, 'diabetes-program'), '--json');
  expect(JSON.parse(out)).toMatchObject({ findings: [{ code: 'journey.missing-file', line: null, column: null }] });
});

test('a path asks about what lies in it alone, and the segments that it names', async () => {
  change(program, 'send: follow-up', 'send: nothing');
  expect((await tool('validate', join(root, 'health-plan-enrollment'))).status).toBe(0);
  expect((await tool('validate', join(root, 'diabetes-program/v1/templates/offer.yaml'))).status).toBe(0);
  expect((await tool('validate', join(root, 'health-plan-enrollment'), join(root, program))).status).toBe(1);
  change('segments.yaml', 'classes: [diagnosis]', 'classes: [secret]');
  expect((await tool('validate', join(root, 'health-plan-enrollment'))).out).toContain(`${placeOf('segments.yaml', 'secret')}  journey.invalid-value`);
});

test('a fault of the declared events is told whatever the path', async () => {
  change('events.yaml', 'event: appointment.scheduled', 'event: portal.login');
  for (const path of ['events.yaml', 'diabetes-program', program]) {
    const { status, out } = await tool('validate', join(root, path));
    expect(status).toBe(1);
    expect(out).toMatch(/events\.yaml:\d+:10 {2}journey\.duplicate-event$/mu);
  }
});

test('a hand-over to a journey that is not there is told', async () => {
  change('healthy-habits-basics/v1/journey.yaml', 'journey: healthy-habits-next', 'journey: healthy-habits-last');
  const { status, out } = await tool('validate', root);
  expect(status).toBe(1);
  expect(out).toContain(`${placeOf('healthy-habits-basics/v1/journey.yaml', 'healthy-habits-last')}  journey.unknown-journey\n`);
});

test('a path that leads to no journey cannot be read', async () => {
  expect(await tool('validate', join(root, 'nowhere'))).toMatchObject({ status: 3, out: '', err: `there is no ${join(root, 'nowhere')}` });
  expect(await tool('validate', join(root, '..'))).toMatchObject({ status: 3, err: expect.stringContaining('segments.yaml') });
  writeFileSync(join(root, 'notes.txt'), '');
  expect(await tool('validate', join(root, 'notes.txt'))).toMatchObject({ status: 3, err: expect.stringContaining('no version of a journey') });
});

test('compile prints the machine of a version', async () => {
  const { status, out } = await tool('compile', join(root, 'diabetes-program/v1'));
  const kept = new URL('../fixtures/journeys/shipped/diabetes-program-v1.json', import.meta.url);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(kept, 'utf8')));
});

test('compile takes the newest version of a journey, and writes where it is told to', async () => {
  cpSync(join(root, 'diabetes-program/v1'), join(root, 'diabetes-program/v10'), { recursive: true });
  cpSync(join(root, 'diabetes-program/v1'), join(root, 'diabetes-program/v9'), { recursive: true });
  change('diabetes-program/v10/journey.yaml', "A partner's coaching program", 'The newest');
  const file = join(root, 'machine.json');
  expect(await tool('compile', join(root, 'diabetes-program'), '--out', file)).toMatchObject({ status: 0, out: '' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ Comment: 'The newest' });
  expect((await tool('compile', join(root, 'diabetes-program'), '--out', join(root, 'no/machine.json'))).status).toBe(3);
});

test('compile answers a faulty journey with its findings', async () => {
  change(program, 'send: follow-up', 'send: nothing');
  expect(await tool('compile', join(root, 'diabetes-program'))).toMatchObject({ status: 1, out: '', err: expect.stringContaining(placeOf(program, 'nothing')) });
  expect(JSON.parse((await tool('compile', join(root, 'diabetes-program'), '--json')).out)).toMatchObject({ findings: [{ code: 'journey.unknown-template' }] });
});

test('compile takes one journey', async () => {
  expect((await tool('compile', root)).status).toBe(3);
  expect((await tool('compile')).status).toBe(2);
  expect((await tool('compile', root, root)).status).toBe(2);
});
