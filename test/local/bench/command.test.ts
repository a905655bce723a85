import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BenchReport } from '../../../lib/local/bench/report.ts';

const bench = fileURLToPath(new URL('../../../bin/bench.ts', import.meta.url));
const run = (...words: string[]) => promisify(execFile)(process.execPath, [bench, ...words], { maxBuffer: 1e8 });

test('help names every option', async () => {
  const { stdout } = await run('--help');
  expect(['--contacts', '--members', '--starts', '--seed', '--json', '--help'].filter((option) => !stdout.includes(option))).toEqual([]);
});

test('an option out of range is refused in words', async () => {
  await expect(run('--contacts', '0')).rejects.toMatchObject({ code: 1, stderr: '--contacts takes a whole number from 1 to 100000\n' });
});

describe('a bench of five contacts', () => {
  let report: BenchReport;
  beforeAll(async () => {
    report = JSON.parse((await run('--json', '--contacts', '5', '--members', '300', '--starts', '1')).stdout) as BenchReport;
  }, 300_000);

  test('has one document of all its parts', () => {
    expect(Object.keys(report)).toEqual(['seed', 'node', 'walks', 'schedules', 'recompute', 'compile', 'decisions', 'simulation', 'sendShare', 'handlers']);
  });

  test('walks both mixes', () => {
    expect(report.walks.map(({ mix, contacts }) => [mix, contacts])).toEqual([['mix', 5], ['silent', 5]]);
  });

  test('sends three mails to each contact who never answers', () => {
    expect(report.walks[1]?.sends).toBe(15);
  });

  test('prices both kinds of machine', () => {
    expect(report.walks.every(({ cost }) => cost.standardDollars > cost.expressDollars && cost.expressDollars > 0)).toBe(true);
  });

  test('keeps schedules apart from contacts', () => {
    const scheduled = report.schedules.map((line) => line.function);
    expect(report.walks.flatMap(({ invocations }) => invocations).filter((line) => scheduled.includes(line.function))).toEqual([]);
  });

  test('names the schedules and how often they come', () => {
    expect(report.schedules.map((line) => [line.function, line.everyMinutes])).toContainEqual(['sweep-due', 1]);
  });

  test('changes one contact of a hundred and one of many', () => {
    expect(report.recompute.map(({ members, changes }) => [members, changes])).toEqual([[100, 10], [300, 10]]);
  });

  test('uses no more for a change however many contacts there are', () => {
    const used = report.recompute.map(({ readUnits, writeUnits, invocations, decrypts }) => ({ readUnits, writeUnits, invocations, decrypts }));
    expect([used[0]?.decrypts !== 0, used[1]]).toEqual([true, used[0]]);
  });

  test('compiles three sizes', () => {
    expect(report.compile.map(({ steps }) => steps)).toEqual([10, 100, 1000]);
  });

  test('starts every handler beside a bare one', () => {
    expect(report.handlers.filter(({ milliseconds, bareMilliseconds, bytes, bareBytes }) =>
      !(milliseconds > 0 && bareMilliseconds > 0 && bytes > bareBytes))).toEqual([]);
  });
});
