import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { readVisit } from '../../lib/core/engine/enrolment.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { storesOf } from './journeys.ts';
import type { Stores } from './journeys.ts';
import { enrol, importMember, lifeSeconds, referenceSends, startAt, timelineOf } from './people.ts';

const daySeconds = 86_400;
const journey = 'health-plan-enrollment';

let platform: Platform;
let stores: Stores;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
});
afterAll(() => platform.stop());

const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '').sort();
const live = (days: number) => platform.runUntil(addSeconds(platform.clock.now(), days * daySeconds));
const pause = () => platform.call('POST', `/journeys/${journey}/pause`, {});
const resume = (catchUp: 'go-on' | 'exit', spreadMinutes = 0) =>
  platform.call('POST', `/journeys/${journey}/resumption`, { catchUp, spreadMinutes });
const logIn = (contact: string) => platform.call('POST', `/contacts/${contact}/events`, { name: 'portal.login', id: 'login-1' });
const endOf = async (contact: string) => (await timelineOf(platform, contact)).at(-1);

const rowOf = async (contact: string): Promise<Enrolment> => {
  const [row] = await stores.enrolments.ofContact(contact);
  if (row === undefined) throw new Error('nobody entered');
  return row;
};

const invited = async (name: string): Promise<string> => {
  const contact = await importMember(platform, name);
  await enrol(platform, contact);
  await platform.settle();
  return contact;
};

test('who is overdue goes on over the time of the spread, and who is not goes on waiting', async () => {
  const overdue = await Promise.all(Array.from({ length: 12 }, (_, number) => invited(`overdue-${number}`)));
  await live(5);
  const waiting = await invited('not-yet');
  const { due } = await rowOf(waiting);
  await pause();
  await live(4);
  const answer = await resume('go-on', 60);
  await platform.settle();
  const now = platform.clock.now();
  expect([answer.status, answer.body]).toMatchObject([202, { state: 'published', resumption: { at: now, catchUp: 'go-on', spreadSeconds: 3600 } }]);
  const dues = (await Promise.all(overdue.map(rowOf))).map((row) => row.due ?? '');
  expect(dues.every((one) => one >= now && one < addSeconds(now, 3600))).toBe(true);
  expect(new Set(dues).size).toBe(dues.length);
  expect((await rowOf(waiting)).due).toBe(due);
  await live(30);
  expect([...overdue, waiting].map(mailsTo).every((mails) => mails.join() === referenceSends.join())).toBe(true);
});

test('an event during the pause wins over the timeout, also where it came after it', async () => {
  const [before, after] = [await invited('log-in-before'), await invited('log-in-after')];
  await pause();
  await live(2);
  expect((await logIn(before)).body).toEqual({ resumed: 0 });
  await live(6);
  await logIn(after);
  await live(3);
  expect([mailsTo(before), mailsTo(after)]).toEqual([['invite'], ['invite']]);
  await resume('exit');
  await live(1);
  expect([await endOf(before), await endOf(after)]).toMatchObject([{ what: 'completed', reason: 'enrolled' }, { what: 'completed', reason: 'enrolled' }]);
});

test('a withdrawal ends a held run at once', async () => {
  const contact = await invited('withdraws');
  await pause();
  await live(8);
  await platform.call('POST', `/contacts/${contact}/consents`, { suppression: { scope: 'commercial', topic: null, source: 'call-centre' } });
  const { status, held, due } = await rowOf(contact);
  await resume('go-on');
  expect([status, held, due]).toEqual(['EXITED', undefined, undefined]);
  await live(20);
  expect(mailsTo(contact)).toEqual(['invite']);
});

test('by the other rule the overdue ones end, and whoever entered meanwhile begins', async () => {
  const overdue = await invited('too-long');
  await pause();
  const late = await invited('late');
  await live(8);
  await resume('exit');
  await live(30);
  expect(await endOf(overdue)).toMatchObject({ what: 'exited', reason: 'paused-too-long' });
  expect([mailsTo(overdue), mailsTo(late)]).toEqual([['invite'], referenceSends]);
});

test('a window that the pause swallowed is waited for again, in the local time after the clocks change', async () => {
  // Into March, so that the next Thursday lies behind the change of the clocks.
  await platform.runUntil('2027-03-01T15:00:00.000Z' as typeof startAt);
  const contact = await invited('window');
  await live(7.5);
  expect(await rowOf(contact)).toMatchObject({ step: 'thursday-noon', due: '2027-03-11T17:00:00.000Z' });
  await pause();
  await live(4);
  await resume('go-on');
  await platform.settle();
  expect(await rowOf(contact)).toMatchObject({ step: 'thursday-noon', due: '2027-03-18T16:00:00.000Z' });
  await live(30);
  expect(readVisit((await rowOf(contact)).visited['follow-up'] ?? '').at).toBe('2027-03-18T16:00:00.000Z');
});

test('a journey that is not paused is not resumed, and asking once more in the same words is no change', async () => {
  expect((await resume('go-on')).status).toBe(202);
  expect(await resume('exit', 5)).toMatchObject({ status: 409, body: { error: { code: 'journey.not-paused' } } });
});

test('whoever is held in the moment of the resumption is found by the check of the invariants', async () => {
  const contact = await invited('straggler');
  await pause();
  await live(8);
  // The page that holds them is dropped, as by a crash of the queue's consumer that outlasts all tries.
  await stores.states.resume(journey, { at: platform.clock.now(), by: 'arn', catchUp: 'go-on', spreadSeconds: 0 });
  await live(0.5);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0, heldTooLong: 1 });
  await platform.settle();
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ heldTooLong: 0 });
  await live(30);
  expect(mailsTo(contact)).toEqual(referenceSends);
});

const moments = ['before', 'after'] as const;

test('a crash at any external call of a resumption loses nobody and mails nobody twice', async () => {
  let name = 0;
  const lived = async (nth?: number, when: (typeof moments)[number] = 'before') => {
    name += 1;
    const timed = await invited(`timed-${name}`);
    const answered = await invited(`answered-${name}`);
    await pause();
    await live(7.1);
    await logIn(answered);
    const before = platform.externalCalls();
    platform.inject(nth === undefined ? undefined : { nth, when, act: 'throw' });
    const { status } = await resume('go-on', 10);
    if (status !== 202) await resume('go-on', 10);
    await platform.settle();
    const calls = platform.externalCalls() - before;
    platform.inject(undefined);
    await platform.invoke('check-invariants', {});
    await platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));
    const ends = [await endOf(timed), await endOf(answered)].map((end) => `${end?.what} ${end?.reason}`);
    return { nth, when, calls, fared: [mailsTo(timed).join(), mailsTo(answered).join(), ...ends] };
  };
  const { calls, fared } = await lived();
  expect(fared).toEqual([referenceSends.join(), 'invite', 'completed completed', 'completed enrolled']);
  const unsound: unknown[] = [];
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of moments) {
      const life = await lived(nth, when);
      if (life.fared.join() !== fared.join()) unsound.push(life);
    }
  }
  expect(calls).toBeGreaterThan(30);
  expect(unsound).toEqual([]);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0, heldTooLong: 0 });
}, 900_000);
