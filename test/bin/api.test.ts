import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addSeconds } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { browser, importMember, linksIn, startAt } from '../engine/people.ts';
import { tool, toolIn } from './tool.ts';

const journey = 'health-plan-enrollment';
const hour = 3600;
const folder = mkdtempSync(join(tmpdir(), 'sendwell-api-'));

let platform: Platform;
const people: string[] = [];

const api = (): readonly string[] => ['--api', platform.urls.api];

const follow = async (contact: string | undefined, words: RegExp, agent: string): Promise<void> => {
  const mail = platform.mails().find(({ tags }) => tags['contact'] === contact && tags['step'] === 'invite');
  const [, path = ''] = [...linksIn(mail?.html ?? '')].find(([text]) => words.test(text)) ?? [];
  const answer = await fetch(`${platform.urls.api}${path}`, { headers: { 'user-agent': agent }, redirect: 'manual' });
  expect(answer.status).toBe(302);
};

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt });
  for (const name of ['ann', 'bea', 'cal']) people.push(await importMember(platform, name));
  writeFileSync(join(folder, 'people.txt'), `${people[0]}\n${people[1]}\n`);
  expect(await tool('enrol', journey, '--contacts', join(folder, 'people.txt'), ...api()))
    .toMatchObject({ status: 0, out: `2 contacts on the way into ${journey} v1` });
  expect(await tool('enrol', journey, '--segment', ...api()))
    .toMatchObject({ status: 0, out: `the members of re-enrolment-due are on the way into ${journey} v1` });
  await platform.runUntil(addSeconds(startAt, hour));
  await follow(people[0], /webinar/iu, browser);
  await platform.settle();
  await follow(people[0], /webinar/iu, browser);
  await follow(people[1], /webinar/iu, 'Barracuda');
  await platform.runUntil(addSeconds(startAt, 2 * hour));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await platform.stop();
});

test('the journeys are listed with how many people are where', async () => {
  const { status, out } = await tool('journeys', ...api());
  expect(status).toBe(0);
  expect(out).toMatch(/^ {2}health-plan-enrollment +published +1 +\S+ +3 +\d/mu);
  expect(JSON.parse((await tool('journeys', '--json', ...api())).out)).toMatchObject({
    journeys: expect.arrayContaining([expect.objectContaining({ journey, versions: [expect.objectContaining({ version: 1, entered: 3 })] })]),
  });
});

test('a report tells of people who clicked once, however often they did, and of scanners apart', async () => {
  const { status, out } = await tool('report', journey, '--json', ...api());
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    journey, version: 1, entered: 3, nobodyLost: true,
    sends: { sent: 3, clicked: { people: 1, scanners: 1 } },
    steps: expect.arrayContaining([
      expect.objectContaining({
        step: 'invite', sent: 3, delivered: 3, everProcessed: 3, wentOn: 3, droppedOff: 0,
        clicked: { people: 1, scanners: 1, byLink: { webinar: { people: 1, scanners: 1 } } },
      }),
      expect.objectContaining({ step: 'guest', endedBy: { webinar: 1 }, droppedOff: 0 }),
    ]),
    ends: { completed: { webinar: 1 } },
  });
});

test('a reader gets tables, without colour codes, and a spreadsheet one figure a line', async () => {
  const { status, out } = await tool('report', journey, '1', ...api());
  expect(status).toBe(0);
  expect(out).toMatch(/^health-plan-enrollment v1: /u);
  expect(out).toMatch(/^ {2}3 entered = 2 active \+ 1 completed \+ 0 exited \+ 0 failed$/mu);
  expect(out).toMatch(/^ {2}invite +webinar +1 +1$/mu);
  expect(out).not.toContain('\u001B');
  const rows: readonly Readonly<Record<string, string>>[] = parse((await tool('report', journey, '--csv', ...api())).out, { columns: true });
  expect(rows).toContainEqual({ of: 'link', name: 'invite/webinar', measure: 'clicked', by: 'people', count: '1' });
});

test('a journey or a version that is not there is an answer, with its remedy', async () => {
  expect(await tool('report', 'no-such-journey', ...api())).toMatchObject({ status: 1, out: '', err: expect.stringMatching(/^journey\.unknown: /u) });
  expect((await tool('report', journey, '7', ...api())).status).toBe(1);
  expect((await tool('report', journey, '7', '--csv', ...api())).status).toBe(1);
  expect(await tool('enrol', 'no-such-journey', '--segment', ...api())).toMatchObject({ status: 1, err: expect.stringMatching(/^journey\.unknown: /u) });
});

test('a timeline is in the zone of its reader, and marks what a scanner did', async () => {
  const { status, out } = await toolIn('America/Los_Angeles')('timeline', people[1] ?? '', ...api());
  expect(status).toBe(0);
  expect(out).toMatch(/^ {2}when, in America\/Los_Angeles /u);
  expect(out).toMatch(/^ {2}Mon 02 Nov 2026 06:00 +entered/mu);
  expect(out).toMatch(/scanner click +invite\/webinar/u);
});

test('programs and spreadsheets get a timeline in UTC', async () => {
  const { out } = await tool('timeline', people[0] ?? '', '--json', ...api());
  expect(JSON.parse(out)).toMatchObject({ contact: people[0], entries: expect.arrayContaining([
    expect.objectContaining({ at: startAt, what: 'entered' }), expect.objectContaining({ what: 'click', step: 'invite/webinar' }),
  ]) });
  const rows: readonly Readonly<Record<string, string>>[] = parse((await tool('timeline', people[0] ?? '', '--csv', ...api())).out, { columns: true });
  expect(rows[0]).toMatchObject({ at: startAt, what: 'entered', journey });
});

test('a contact of whom nothing is known has no timeline', async () => {
  expect(await tool('timeline', 'c_00000000000000000000000001', ...api())).toMatchObject({ status: 1, out: '' });
});

test('who is no member is refused, and the others enter', async () => {
  const { status, out } = await tool('enrol', 'diabetes-program', '--contacts', people.join(','), ...api());
  expect(status).toBe(1);
  expect(out).toMatch(/^0 contacts on the way into diabetes-program v1\nc_\S+ {2}segment\.not-a-member {2}/u);
  expect(JSON.parse((await tool('enrol', 'diabetes-program', '--contacts', people.join(','), '--json', ...api())).out))
    .toMatchObject({ journey: 'diabetes-program', accepted: 0, refused: [{ code: 'segment.not-a-member' }, {}, {}] });
});

test('who takes more than one request enters in several, with progress', async () => {
  const many = Array.from({ length: 101 }, (_, at) => `c_${String(at).padStart(26, '0')}`).join(' ');
  const { status, progress } = await tool('enrol', journey, '--contacts', many, ...api());
  expect([status, progress]).toEqual([1, '100 of 101 contacts\n101 of 101 contacts']);
});

test.each([
  [['report']], [['report', journey, 'one']], [['report', journey, '--json', '--csv']], [['report', journey]], [['report', journey, '--api', 'nowhere']],
  [['timeline', 'ann']], [['timeline', 'c_00000000000000000000000001']], [['journeys']], [['journeys', journey]],
  [['enrol', journey]], [['enrol', journey, '--segment', '--contacts', 'c_00000000000000000000000001']], [['enrol', journey, '--contacts', 'ann']],
  [['enrol', journey, '--segment', '--version', 'x']],
])('wrong usage %j is told before anything is asked', async (args) => {
  expect(await tool(...args)).toMatchObject({ status: 2, out: '', err: expect.stringContaining('Usage:') });
});

test('an API that does not answer is named', async () => {
  expect(await tool('report', journey, '1', '--api', 'http://127.0.0.1:9')).toMatchObject({ status: 3, err: 'http://127.0.0.1:9 does not answer' });
});
