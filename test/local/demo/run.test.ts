import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import defaults from '../../../cdk.json' with { type: 'json' };
import { beginning, runDemo } from '../../../lib/local/demo/run.ts';
import { startPlatform } from '../../../lib/local/platform.ts';
import type { Report } from '../../../lib/local/report/report.ts';

const run = promisify(execFile);
const local = fileURLToPath(new URL('../../../bin/local.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'sendwell-demo-'));
const data = join(root, 'data');
const days = 11;
let printed = '';
let report: Report;

// Fails here when the demonstration ends with another status than 0.
beforeAll(async () => {
  ({ stdout: printed } = await run(process.execPath, [local, 'demo', '--port', '0', '--json', '--days', String(days), '--data', data]));
  report = JSON.parse(printed) as Report;
}, 300_000);
afterAll(() => rmSync(root, { recursive: true }));

test('every check of the demonstration holds', () => {
  expect(report.checks.filter(({ held }) => !held)).toEqual([]);
});

test('the journeys that are sent in send, and refuse', () => {
  expect(report.journeys.slice(0, 2).map(({ sends }) => sends.sent > 0 && sends.refused > 0)).toEqual([true, true]);
});

test('people are still under way before the journeys are over', () => {
  expect(report.journeys.slice(0, 2).map(({ active }) => active > 0)).toEqual([true, true]);
});

test('drafts are published, and enter people by themselves', () => {
  expect(report.journeys.slice(2).map(({ journey }) => journey)).toEqual(['appointment-reminder', 'preventive-care-birthday']);
  expect(report.journeys[2]).toMatchObject({ entered: 1, completed: 1, sends: { sent: 2, delivered: 2 } });
});

test('an appointment that is moved is reminded of at nine of the new days, and not of the old ones', () => {
  expect(report.appointment.entries.map(({ at, what }) => [at, what])).toEqual([
    ['2026-11-02T14:00:00.000Z', 'made, 7 days ahead'],
    ['2026-11-05T14:00:00.000Z', 'moved to 4 days later'],
    ['2026-11-10T14:00:00.000Z', 'first-reminder sent'],
    ['2026-11-12T14:00:00.000Z', 'second-reminder sent'],
    ['2026-11-12T14:00:00.000Z', 'run ended, reminded'],
  ]);
});

test('an authorization that was taken back ends the run before its next message', () => {
  const program = report.journeys.find(({ journey }) => journey === 'diabetes-program');
  expect([program?.exited, program?.refusedBy]).toEqual([1, { AUTH_MISSING: 5 }]);
});

test('one patient is refused, signs on the page, gets the next message, revokes, and the run ends', () => {
  expect(report.authorization.entries.map(({ at, what, code }) => [at, what, code])).toEqual([
    ['2026-11-02T14:00:00.000Z', 'offer refused', 'AUTH_MISSING'],
    ['2026-11-04T18:00:00.000Z', 'signed on the page (partner-programs-1)', ''],
    ['2026-11-09T14:00:00.000Z', 'second-mail permitted and sent', 'PERMIT_AUTHORIZED'],
    ['2026-11-12T19:00:00.000Z', 'revoked', ''],
    ['2026-11-12T19:00:00.000Z', 'diabetes-program ended', 'AUTH_REVOKED'],
  ]);
});

test('the message relies on the very record that was signed and is revoked', () => {
  const [, signed, sent, revoked] = report.authorization.entries;
  expect([sent?.records, revoked?.records]).toEqual([signed?.records, signed?.records]);
});

test('every event of the authorization cites its rule', () => {
  expect(report.authorization.entries.map(({ cite }) => cite)).toEqual([
    '45 CFR 164.508(a)(3)(i)', '45 CFR 164.508(c)(1)-(4)', '45 CFR 164.508(a)(3), (c)', '45 CFR 164.508(b)(5)',
    '45 CFR 164.508(b)(2)(iii), (b)(5)',
  ]);
});

test('the proof says when the run ended, where it stood, and what goes on', () => {
  expect(report.authorization.entries.at(-1)?.why).toContain(
    'Proof: ended at two-weeks, 0 virtual seconds after; health-plan-enrollment goes on.');
});

test('minors and the deceased get no mail', () => {
  expect(report.journeys.find(({ journey }) => journey === 'health-plan-enrollment')?.refusedBy).toMatchObject(
    { MINOR_MARKETING: 14, CONTACT_DECEASED: 4 });
});

test('no name or address of a patient is printed', () => {
  expect(printed).not.toMatch(/@example\.test|Mosciski|Hoeger|Wiegand/u);
});

test('every mail is a file to open', () => {
  const mails = report.journeys.reduce((sum, { sends }) => sum + sends.sent, 0);
  expect(readdirSync(join(data, 'mails')).filter((file) => file.endsWith('.html')).length).toBe(mails);
});

/**
 * Ids are random, and batches form as they come: figures of cost differ in their last digits, and of two receipts of
 * one instant either may come first. How often everybody is looked at after a deployment depends on which journey was
 * published first, so those accesses are left out.
 */
const comparable = ({ cost, access: { decrypts }, ...rest }: Report): unknown =>
  JSON.parse(JSON.stringify({ ...rest, decrypts: decrypts.filter((use) => use.function !== 'review-contacts'), contacts: cost.contacts })
    .replaceAll(/\b(?:[cesw]_[0-9a-z]{26}|authorization-[0-9a-f]{32})\b/gu, 'id').replaceAll(/(\d{4}-\d\d-\d\d)\/\d+/gu, '$1'));

test('the same seed gives the same report', async () => {
  const platform = await startPlatform({ assembly: join(data, 'assembly'), startAt: beginning });
  try {
    const { entityId } = defaults.context.organisation;
    const again = await runDemo(platform, { seed: 1, days, contacts: 33, entityId }, { stage: () => undefined, day: () => undefined });
    expect(comparable(again)).toEqual(comparable(report));
  } finally {
    await platform.stop();
  }
}, 300_000);

test('help is there without starting anything', async () => {
  const { stdout } = await run(process.execPath, [local, '--help']);
  expect(stdout).toContain('npm run demo');
});

test('a folder that holds something else is left alone', async () => {
  const other = mkdtempSync(join(root, 'other-'));
  writeFileSync(join(other, 'thesis.txt'), 'mine');
  await expect(run(process.execPath, [local, 'demo', '--port', '0', '--data', other])).rejects.toMatchObject({ code: 1 });
  expect(readdirSync(other)).toEqual(['thesis.txt']);
});

test('the platform starts again where the demonstration left off, and Ctrl-C ends it in good order', async () => {
  const child = spawn(process.execPath, [local, 'start', '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (!said.includes('Ctrl-C ends it.')) continue;
    const viewer = /mail {2}(http:\S+)/u.exec(said)?.[1] ?? '';
    said += (await (await fetch(viewer)).text()).match(/\d+ sent\./u)?.[0] ?? '';
    child.kill('SIGINT');
  }
  const [code] = await ended as [number | null];
  const mails = report.journeys.reduce((sum, { sends }) => sum + sends.sent, 0);
  expect([code, said.includes('2026'), Number(/(\d+) sent\./u.exec(said)?.[1]) >= mails]).toEqual([0, true, true]);
}, 300_000);
