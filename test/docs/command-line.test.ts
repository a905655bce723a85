import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../../bin/commands/table.ts';
import { exit } from '../../bin/exit.ts';
import { toolIn } from '../bin/tool.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/command-line.md', import.meta.url)), 'utf8');
const [opening = '', ...parts] = page.split(/^## /mu);
const sections = new Map(parts.map((text) => [text.slice(0, text.indexOf('\n')), text]));
const names = Object.keys(commands);
const tool = toolIn('UTC');

/** Options with what they take, `--api <url>`, in the order of their letters. */
const optionsIn = (texts: Iterable<RegExpMatchArray>): readonly string[] =>
  [...new Set([...texts].map(([, option = '']) => option.trim()))].toSorted();

const helpOptions = async (name: string): Promise<readonly string[]> =>
  optionsIn((await tool(name, '--help')).out.matchAll(/^ {2}(--[a-z-]+(?: <.+?>(?:=<.+?>)?)?)/gmu));

/** Those of the tables; the opening has the ones that stand for several commands. */
const pageOptions = (text: string): readonly string[] =>
  optionsIn([...text.matchAll(/^\| (`--.+?) \|/gmu)].flatMap(([, cell = '']) => [...cell.matchAll(/`(--[^`]+)`/gu)]));

const shared = pageOptions(opening);

type Example = { readonly words: readonly string[]; readonly output: string };

const examplesIn = (text: string): readonly Example[] =>
  [...text.matchAll(/^```\n\$ npm run -s sendwell -- (.+)\n([\s\S]*?)^```$/gmu)].map(([, words = '', output = '']) => ({ words: words.split(' '), output }));

const examples = [...sections.values()].flatMap(examplesIn);

test('every command has a section of its own, and no section is of another', () => {
  expect([...sections.keys()].toSorted()).toEqual(names.toSorted());
});

test('the opening leads to every section', () => {
  expect(names.filter((name) => !opening.includes(`[${name}](#${name})`))).toEqual([]);
});

test('the opening has every exit status', () => {
  expect([...opening.matchAll(/^\| (\d) \|/gmu)].map(([, status]) => Number(status))).toEqual(Object.values(exit));
});

describe.each(names)('the section of %s', (name) => {
  const text = sections.get(name) ?? '';

  test('has every option of its help that is not everybody\'s', async () => {
    const wanted = await helpOptions(name);
    expect(wanted.filter((option) => !shared.includes(option) && !pageOptions(text).includes(option))).toEqual([]);
  });

  test('has no option that its help does not have', async () => {
    const known = await helpOptions(name);
    const used = [...text.matchAll(/--[a-z][a-z-]*/gu)].map(([option]) => option);
    expect(pageOptions(text).filter((option) => !known.includes(option))).toEqual([]);
    expect(used.filter((option) => !known.some((one) => one.split(' ')[0] === option))).toEqual([]);
  });

  test('has an example of this very command, with its output', () => {
    const own = examplesIn(text);
    expect(own.map(({ words: [first] }) => first)).toEqual([name]);
    expect(own.filter(({ output }) => output.trim() === '')).toEqual([]);
  });
});

test('the options of the opening are those that several commands have', async () => {
  const all = await Promise.all(names.map(helpOptions));
  expect(shared.filter((option) => all.filter((one) => one.includes(option)).length < 2)).toEqual([]);
});

/** What an output must look like, whatever stands where the page leaves lines out. */
const patternOf = (output: string): RegExp =>
  new RegExp(`^${output.trim().split('\n').map((line) => (line === '…' ? '[\\s\\S]*' : line.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'))).join('\n')}$`, 'u');

const offline = examples.filter(({ words }) => words.some((word) => word.startsWith('statemachines/')));

test('more than three examples need no platform', () => {
  expect(offline.length).toBeGreaterThan(3);
});

test.each(offline)('the example $words comes to what the page shows', async ({ words, output }) => {
  expect((await tool(...words)).out.trim()).toMatch(patternOf(output));
});
