import { expect, test } from 'vitest';
import { defineCommand, noWords, onlyWord } from '../../bin/commands/command.ts';
import { commands } from '../../bin/commands/table.ts';
import { Refused, Unreachable } from '../../bin/exit.ts';
import type { Terminal } from '../../bin/terminal.ts';
import { plain } from '../../lib/local/report/paint.ts';
import { whenIn } from '../../lib/local/report/when.ts';
import { tool, virtualTime } from './tool.ts';

const names = Object.keys(commands);

test('the help of all names every command, with what it does', async () => {
  const { status, out } = await tool('--help');
  expect(status).toBe(0);
  expect(names.filter((name) => !new RegExp(`^  ${name} +\\S`, 'mu').test(out))).toEqual([]);
  expect(await tool('help')).toMatchObject({ status: 0, out });
});

test.each(names)('%s has a help of its own, which names it, --json and --help', async (name) => {
  const { status, out, err } = await tool(name, '--help');
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(new RegExp(`^Usage: sendwell ${name}\\b`, 'u'));
  expect(out).toMatch(/--json[^]*--help/u);
  expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  expect(await tool('help', name)).toMatchObject({ status: 0, out });
});

test.each(names)('%s refuses an option that it does not have', async (name) => {
  expect(await tool(name, '--no-such-option')).toMatchObject({ status: 2, out: '', err: expect.stringContaining('--no-such-option') });
});

test('a command that is not there is wrong usage', async () => {
  expect(await tool('launch')).toMatchObject({ status: 2, out: '', err: expect.stringMatching(/^there is no command launch\n/u) });
  expect(await tool('constructor')).toMatchObject({ status: 2 });
});

const lines: string[] = [];
const terminal: Terminal = {
  out: (text) => lines.push(`out ${text}`), err: (text) => lines.push(`err ${text}`), progress: (text) => lines.push(`progress ${text}`),
  piped: true, paint: plain, when: whenIn('UTC'), time: virtualTime(),
};

const greet = defineCommand({
  usage: ['greet <name> [--twice] [--to <place>]…'],
  about: 'Greets.',
  options: { twice: { help: 'Two times.' }, to: { takes: '<place>', multiple: true, help: 'Where to.\nMay be given twice.' }, by: { takes: '<name>', help: 'Who.' } },
  run: async (given, { out, progress }) => {
    progress('greeting');
    out(JSON.stringify([onlyWord(given, 'name'), given.options]));
    return 0;
  },
});

const run = async (command: { run: typeof greet.run }, ...args: readonly string[]): Promise<readonly (number | string)[]> => {
  lines.length = 0;
  return [await command.run(args, terminal), ...lines];
};

test('switches, values and values given several times are read', async () => {
  expect(await run(greet, 'ann', '--to', 'home', '--to', 'work'))
    .toEqual([0, 'progress greeting', 'out ["ann",{"twice":false,"to":["home","work"]}]']);
  expect(await run(greet, '--twice', '--by', 'bob', 'ann')).toContain('out ["ann",{"twice":true,"to":[],"by":"bob"}]');
});

test('progress is silent where a program reads the answer', async () => {
  expect(await run(greet, 'ann', '--json')).toEqual([0, 'out ["ann",{"twice":false,"to":[]}]']);
});

test('an option of several lines keeps its column in the help', () => {
  expect(greet.help).toMatch(/--to <place> {2}Where to\.\n {16}May be given twice\./u);
});

test('a word too few or too many is wrong usage', async () => {
  expect((await run(greet))[0]).toBe(2);
  expect((await run(greet, 'ann', 'bob'))[0]).toBe(2);
});

const failing = (error: Error) => defineCommand({ usage: ['fail'], about: 'Fails.', options: {}, run: async (given) => { noWords(given); throw error; } });

test('a refusal of the API is an answer, told with its remedy and its faults', async () => {
  expect(await run(failing(new Refused('input.invalid', 'Correct it.', ['contacts: too_big']))))
    .toEqual([1, 'err input.invalid: Correct it.\n  contacts: too_big']);
});

test('what cannot be reached is none', async () => {
  expect(await run(failing(new Unreachable('it does not answer')))).toEqual([3, 'err it does not answer']);
});
