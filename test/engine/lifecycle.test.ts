import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { enrol, importMember, startAt, timelineOf } from './people.ts';

const daySeconds = 86_400;
const journey = 'health-plan-enrollment';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
});
afterAll(() => platform.stop());

type Listed = {
  readonly journey: string; readonly state: string; readonly latest: number;
  readonly versions: readonly { readonly version: number; readonly active: number; readonly held: number }[];
};

const listed = async (): Promise<Listed | undefined> => {
  const { body } = await platform.call('GET', '/journeys');
  return (body as { journeys: readonly Listed[] }).journeys.find((one) => one.journey === journey);
};

const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '');

const live = (days: number) => platform.runUntil(addSeconds(platform.clock.now(), days * daySeconds));

/** A member who was invited and waits a week for an answer. */
const invited = async (name: string): Promise<string> => {
  const contact = await importMember(platform, name);
  await enrol(platform, contact);
  await platform.settle();
  return contact;
};

test('journeys are listed with their state, their latest version and their counts', async () => {
  await invited('listed');
  expect(await listed()).toMatchObject({ journey, state: 'published', latest: 1, versions: [{ version: 1, active: 1, held: 0 }] });
});

test('a journey that nobody knows is neither paused nor retired', async () => {
  expect([await platform.call('POST', '/journeys/unheard-of/pause', {}), await platform.call('POST', '/journeys/unheard-of/retirement', {})])
    .toMatchObject([{ status: 404 }, { status: 404 }]);
});

test('a retired journey takes nobody, goes on with whoever is in it, and is opened again by publishing', async () => {
  const inside = await invited('inside');
  const outside = await importMember(platform, 'outside');
  await platform.call('POST', `/journeys/${journey}/retirement`, {});
  expect(await enrol(platform, outside)).toMatchObject({ status: 409, body: { error: { code: 'journey.retired' } } });
  await live(14);
  expect(mailsTo(inside)).toEqual(['invite', 'follow-up', 'remind']);
  await platform.call('POST', `/journeys/${journey}/versions/1/publication`, {});
  expect((await enrol(platform, outside)).status).toBe(202);
});

test('in a paused journey nobody who is due goes on, and whoever enters is held at the start', async () => {
  const waiting = await invited('waiting');
  const { body } = await platform.call('POST', `/journeys/${journey}/pause`, {});
  expect(body).toMatchObject({ state: 'paused', since: platform.clock.now(), by: expect.stringContaining('arn:') });
  const late = await invited('late');
  await live(8);
  expect([mailsTo(waiting), mailsTo(late)]).toEqual([['invite'], []]);
  expect((await timelineOf(platform, late)).map(({ what }) => what).filter((what) => what !== 'segment')).toEqual(['entered']);
  expect((await listed())?.state).toBe('paused');
  expect((await listed())?.versions[0]?.held).toBeGreaterThanOrEqual(2);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
});
