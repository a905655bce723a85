import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { storesOf } from './journeys.ts';
import { browser, enrol, importMember, linksIn, startAt } from './people.ts';

// The invitation of the reference journey has several links, and its answer is waited for a week.
const weekSeconds = 7 * 86_400;
const secondsBefore = [1, 15, 29, 30, 31, 45, 59, 60, 61, 75, 89, 90, 91, 150];

let platform: Platform;
let stores: Stores;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
});
afterAll(() => platform.stop());

const runOf = async (contact: string): Promise<Enrolment> => {
  const [run] = await stores.enrolments.ofContact(contact);
  if (run === undefined) throw new Error('the run is expected');
  return run;
};

const pathsIn = (contact: string): readonly string[] => {
  const mail = platform.mails().find(({ tags }) => tags['contact'] === contact && tags['step'] === 'invite');
  return [...linksIn(mail?.html ?? '')].filter(([, path]) => path.startsWith('/l/')).map(([, path]) => path);
};

/** Somebody who follows links that much before the wait for an answer is over. */
const follower = async (name: string, due: Instant, seconds: number, choose: (paths: readonly string[]) => readonly string[]): Promise<string> => {
  const contact = await importMember(platform, `${name}-${seconds}`);
  await enrol(platform, contact);
  await platform.settle();
  platform.at(addSeconds(due, -seconds), async () => {
    for (const path of choose(pathsIn(contact))) await platform.call('GET', path, undefined, { 'user-agent': browser });
  });
  return contact;
};

test('a person who clicks however short before the wait is over is answered, and the time does not run out first', async () => {
  const due = addSeconds(platform.clock.now(), weekSeconds);
  const readers: string[] = [];
  for (const seconds of secondsBefore) readers.push(await follower('reader', due, seconds, (paths) => paths.slice(0, 1)));
  await platform.runUntil(addSeconds(due, 300));
  const outcomes = await Promise.all(readers.map(async (contact) => (await runOf(contact)).wokenBy?.startsWith('event#') ?? false));
  expect(outcomes).toEqual(secondsBefore.map(() => true));
});

test('a scanner that follows every link short before the wait is over answers nothing, and the time runs out two minutes late at most', async () => {
  const due = addSeconds(platform.clock.now(), weekSeconds);
  const scanned: string[] = [];
  for (const seconds of secondsBefore) scanned.push(await follower('gateway', due, seconds, (paths) => paths));
  const went = new Map<string, Instant>();
  for (let minute = 0; minute <= 4; minute += 1) {
    await platform.runUntil(addSeconds(due, minute * 60));
    for (const contact of scanned) {
      const { step, wokenBy } = await runOf(contact);
      if (step === 'thursday-noon' && wokenBy === undefined && !went.has(contact)) went.set(contact, platform.clock.now());
    }
  }
  const late = scanned.map((contact) => went.get(contact)).map((at) => at !== undefined && at >= due && at <= addSeconds(due, 120));
  expect(late).toEqual(secondsBefore.map(() => true));
});
