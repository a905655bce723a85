import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { enrol, importMember, lifeSeconds, startAt, timelineOf } from './people.ts';
import { synthesizeTwoVersions } from './versions.ts';

const daySeconds = 86_400;
const journey = 'health-plan-enrollment';
const steps = { 'invite': 'invitation', 'answer': 'reply', 'thursday-noon': 'friday-morning', 'three-days': 'some-days' };

let platform: Platform;
let stores: Stores;

beforeAll(async () => {
  platform = await startPlatform({ assembly: synthesizeTwoVersions(), startAt, dailySchedules: false });
  stores = storesOf(platform);
}, 120_000);
afterAll(() => platform.stop());

const live = (days: number) => platform.runUntil(addSeconds(platform.clock.now(), days * daySeconds));
const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '');
const rowOf = async (contact: string): Promise<Enrolment> => {
  const [row] = await stores.enrolments.ofContact(contact);
  if (row === undefined) throw new Error('nobody entered');
  return row;
};
const enterFirst = async (name: string): Promise<string> => {
  const contact = await importMember(platform, name);
  await platform.call('POST', `/journeys/${journey}/enrolments`, { contacts: [contact], version: 1 });
  await platform.settle();
  return contact;
};

type Report = {
  readonly id: string; readonly done: boolean; readonly by: string;
  readonly report: { readonly found: number; readonly moved: number; readonly unmapped: number; readonly underWay: number; readonly steps: object };
};
const migrate = async (dryRun: boolean, map: object = steps): Promise<Report> => {
  const asked = await platform.call('POST', `/journeys/${journey}/migrations`, { from: 1, to: 2, steps: map, dryRun });
  await platform.settle();
  const { body } = await platform.call('GET', `/journeys/${journey}/migrations/${(asked.body as Report).id}`);
  return body as Report;
};
const countsOf = async (version: number) => (await platform.call('GET', `/journeys/${journey}/versions/${version}/report`)).body;
const destroy = (version: number) => platform.call('DELETE', `/journeys/${journey}/versions/${version}`);

test('a draft is deployed and listed, and nobody enters it until it is published', async () => {
  const contact = await importMember(platform, 'early');
  expect(await platform.call('POST', `/journeys/${journey}/enrolments`, { contacts: [contact], version: 2 }))
    .toMatchObject({ status: 409, body: { error: { code: 'version.draft' } } });
  expect((await enrol(platform, contact)).body).toMatchObject({ version: 1, accepted: 1 });
  await platform.settle();
  const asked = await platform.call('POST', `/journeys/${journey}/migrations`, { from: 1, to: 2, steps, dryRun: true });
  expect(asked).toMatchObject({ status: 409, body: { error: { code: 'version.draft' } } });
  const published = await platform.call('POST', `/journeys/${journey}/versions/2/publication`, {});
  expect(published.body).toEqual({ journey, version: 2, state: 'published', latest: 2 });
  const next = await importMember(platform, 'next');
  expect((await enrol(platform, next)).body).toMatchObject({ version: 2, accepted: 1 });
  await platform.settle();
  expect([mailsTo(contact), mailsTo(next)]).toEqual([['invite'], ['invitation']]);
});

test.each([
  ['the same version twice', { from: 1, to: 1, steps }, 422, 'input.invalid'],
  ['a version that was never deployed', { from: 1, to: 9, steps }, 404, 'journey.unknown'],
  ['a step that is not there', { from: 1, to: 2, steps: { nowhere: 'reply' } }, 422, 'input.invalid'],
  ['a step that nobody can stand at', { from: 1, to: 2, steps: { answer: 'some-days' } }, 422, 'input.invalid'],
])('a migration with %s is refused', async (_, body, status, code) => {
  expect(await platform.call('POST', `/journeys/${journey}/migrations`, { ...body, dryRun: true })).toMatchObject({ status, body: { error: { code } } });
});

test('a migration that nobody asked for is not found', async () => {
  expect(await platform.call('GET', `/journeys/${journey}/migrations/m_00000000000000000000000000`))
    .toMatchObject({ status: 404, body: { error: { code: 'migration.unknown' } } });
});

test('a dry run moves nobody and tells what the real run does; everybody goes on in the new version, and both add up', async () => {
  const late = await enterFirst('at-some-days');
  await live(10.5);
  const middle = await enterFirst('at-the-window');
  await live(7.5);
  const fresh = await enterFirst('at-the-answer');
  const before = await Promise.all([late, middle, fresh].map(rowOf));
  const dry = await migrate(true);
  expect(await Promise.all([late, middle, fresh].map(rowOf))).toEqual(before);
  const real = await migrate(false);
  expect([dry.done, real.done, real.by.startsWith('arn:')]).toEqual([true, true, true]);
  expect(real.report).toEqual(dry.report);
  expect(real.report).toMatchObject({ underWay: 0, unmapped: 0, moved: real.report.found });
  const [atSpan, atWindow, atEvents] = await Promise.all([late, middle, fresh].map(rowOf));
  expect(atEvents).toMatchObject({ version: 2, step: 'reply', due: before[2]?.due, migrations: [{ id: real.id, from: 1, to: 2, step: 'answer' }] });
  expect(before.map(({ step }) => step)).toEqual([before[0]?.step, 'thursday-noon', 'answer']);
  expect(atWindow).toMatchObject({ version: 2, step: 'friday-morning', due: expect.stringContaining('T14:00:00.000Z') });
  expect(atSpan?.version ?? 2).toBe(before[0]?.status === 'PARKED' ? 2 : 1);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
  expect([await countsOf(1), await countsOf(2)]).toMatchObject([{ active: 0, movedOut: real.report.moved }, { movedIn: real.report.moved }]);
  await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
  expect([mailsTo(middle), mailsTo(fresh)]).toEqual([['invite', 'follow-up', 'remind'], ['invite', 'follow-up', 'remind']]);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
});

test('whom the map does not name stays, and goes on in the old version', async () => {
  const contact = await enterFirst('unmapped');
  const { report } = await migrate(false, { 'three-days': 'some-days' });
  expect(report).toMatchObject({ found: 1, moved: 0, unmapped: 1, steps: { answer: { found: 1, moved: 0, unmapped: 1 } } });
  const { version, step, migrations } = await rowOf(contact);
  expect([version, step, migrations]).toEqual([1, 'answer', undefined]);
  expect(await destroy(1)).toMatchObject({ status: 409, body: { error: { code: 'version.occupied' } } });
});

test('an event that the new version waits for, and that came before the move, counts', async () => {
  const contact = await enterFirst('registered');
  await live(1);
  await platform.call('POST', `/contacts/${contact}/events`, { name: 'portal.registered', id: 'r-1' });
  await platform.settle();
  expect(await rowOf(contact)).toMatchObject({ step: 'answer', status: 'PARKED' });
  await migrate(false);
  await platform.settle();
  expect((await rowOf(contact)).step).not.toBe('reply');
});

test('who is held while the journey is paused is moved and stays held, and goes on in the new version', async () => {
  const contact = await enterFirst('held');
  await platform.call('POST', `/journeys/${journey}/pause`, {});
  const late = await enterFirst('held-at-the-start');
  await live(8);
  const { report } = await migrate(false, { ...steps, invite: 'invitation' });
  expect(report).toMatchObject({ unmapped: 0, moved: 2 });
  expect([await rowOf(contact), await rowOf(late)]).toMatchObject([
    { version: 2, step: 'reply', held: 'due', status: 'PARKED' }, { version: 2, step: 'invitation', held: 'entry' },
  ]);
  await platform.call('POST', `/journeys/${journey}/resumption`, { catchUp: 'go-on', spreadMinutes: 0 });
  await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
  expect([mailsTo(contact), mailsTo(late)]).toEqual([['invite', 'follow-up', 'remind'], ['invitation', 'follow-up', 'remind']]);
});

const moments = ['before', 'after'] as const;

test('a crash at any external call of a migration loses nobody, mails nobody twice and counts nobody twice', async () => {
  let name = 0;
  const lived = async (nth?: number, when: (typeof moments)[number] = 'before') => {
    name += 1;
    const timed = await enterFirst(`moved-${name}`);
    const answered = await enterFirst(`moved-and-answered-${name}`);
    await platform.call('POST', `/contacts/${answered}/events`, { name: 'portal.registered', id: 'r-1' });
    await platform.settle();
    const before = platform.externalCalls();
    platform.inject(nth === undefined ? undefined : { nth, when, act: 'throw' });
    const asked = await platform.call('POST', `/journeys/${journey}/migrations`, { from: 1, to: 2, steps, dryRun: false });
    await platform.settle();
    const calls = platform.externalCalls() - before;
    platform.inject(undefined);
    // A request that was not answered is made again, as any client of an API does.
    const { report } = asked.status === 202
      ? (await platform.call('GET', `/journeys/${journey}/migrations/${(asked.body as Report).id}`)).body as Report
      : await migrate(false);
    await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
    const ends = await Promise.all([timed, answered].map(async (contact) => (await timelineOf(platform, contact)).at(-1)?.what));
    return { nth, when, calls, asked: asked.status, report, fared: [mailsTo(timed).join(), (await rowOf(timed)).version, (await rowOf(answered)).version, ...ends] };
  };
  const { calls, fared, report } = await lived();
  expect([report.moved, report.found]).toEqual([2, 2]);
  expect(fared).toEqual(['invite,follow-up,remind', 2, 2, 'completed', 'completed']);
  const unsound: unknown[] = [];
  for (let nth = 1; nth <= calls; nth += Math.max(1, Math.floor(calls / strikes))) {
    for (const when of moments) {
      const life = await lived(nth, when);
      // One that was asked twice finds in the second what the first has left.
      const isWhole = life.asked === 202 ? life.report.moved === 2 && life.report.found === 2 : life.report.moved <= 2;
      if (!isWhole || life.fared.join() !== fared.join()) unsound.push(life);
    }
  }
  expect(calls).toBeGreaterThan(60);
  expect(unsound).toEqual([]);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
}, 900_000);

// Evenly over the migration; SENDWELL_LONG=1 strikes every single call.
const strikes = process.env['SENDWELL_LONG'] === '1' ? Number.POSITIVE_INFINITY : 25;

test('an empty version that is not the latest is deleted for good, and its report stays', async () => {
  await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
  expect(await destroy(2)).toMatchObject({ status: 409, body: { error: { code: 'version.latest' } } });
  expect(await destroy(1)).toMatchObject({ status: 200, body: { version: 1, state: 'deleted' } });
  const contact = await importMember(platform, 'too-late');
  expect(await platform.call('POST', `/journeys/${journey}/enrolments`, { contacts: [contact], version: 1 }))
    .toMatchObject({ status: 410, body: { error: { code: 'version.deleted' } } });
  expect(await platform.call('POST', `/journeys/${journey}/versions/1/publication`, {})).toMatchObject({ status: 410 });
  expect(await countsOf(1)).toMatchObject({ version: 1, nobodyLost: true, active: 0 });
  expect(await destroy(7)).toMatchObject({ status: 404 });
});
