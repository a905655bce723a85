import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds, type Instant } from '../../lib/core/time.ts';
import type { Mail } from '../../lib/local/engines/mail.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { publishReminder, putInto, storesOf } from './journeys.ts';
import { browser, enrol, importMember, lifeSeconds, linksIn, timelineOf } from './people.ts';
import { synthesizeTwoVersions } from './versions.ts';

// What people complain of in other systems, each with the run that would show it here.

// A Wednesday, ten in the morning in New York; clocks go back on Sunday 1 November.
const startAt = '2026-10-28T14:00:00.000Z' as Instant;
const daySeconds = 86_400;
const weekSeconds = 7 * daySeconds;
const journey = 'health-plan-enrollment';

let platform: Platform;
let stores: Stores;
let count = 0;
let name = '';

beforeAll(async () => {
  platform = await startPlatform({ assembly: synthesizeTwoVersions(), startAt, dailySchedules: false });
  stores = storesOf(platform);
  platform.decideMail((address) => (address.startsWith('refused') ? 'reject' : 'deliver'));
}, 120_000);
afterAll(() => platform.stop());
beforeEach(() => {
  count += 1;
  name = `person-${count}`;
});

const later = (seconds: number): Promise<void> => platform.runUntil(addSeconds(platform.clock.now(), seconds));
const mailsOf = (contact: string): readonly Mail[] => platform.mails().filter(({ tags }) => tags['contact'] === contact);
const stepsTo = (contact: string): readonly string[] => mailsOf(contact).map(({ tags }) => tags['step'] ?? '');
const burstsOf = (contact: string) => platform.executions().filter(({ input }) => input.includes(contact));
const runOf = async (contact: string, of = journey): Promise<Enrolment> => {
  const run = (await stores.enrolments.ofContact(contact)).find((one) => one.journey === of);
  if (run === undefined) throw new Error('nobody entered');
  return run;
};

/** A member who was invited to the first version and waits a week for an answer. */
const invited = async (who = name): Promise<string> => {
  const contact = await importMember(platform, who);
  await platform.call('POST', `/journeys/${journey}/enrolments`, { contacts: [contact], version: 1 });
  await platform.settle();
  return contact;
};

const follow = (contact: string, words: string, agent = browser, method = 'GET') =>
  platform.call(method, linksIn(mailsOf(contact).at(-1)?.html ?? '').get(words) ?? '', undefined, { 'user-agent': agent });

test('no hour is off across a change of summer time', async () => {
  const contact = await invited();
  await platform.runUntil('2026-11-04T14:59:00.000Z' as Instant);
  expect((await runOf(contact)).step).toBe('answer');
  await platform.runUntil('2026-11-10T00:00:00.000Z' as Instant);
  // Seven days later it is ten in the morning again, by a clock that went back; then Thursday noon, then three days on.
  const steps = (await timelineOf(platform, contact)).filter(({ what }) => what === 'step').map(({ at, step }) => [step, at]);
  expect(Object.fromEntries(steps)).toMatchObject({
    'thursday-noon': '2026-11-04T15:00:00.000Z', 'follow-up': '2026-11-05T17:00:00.000Z', 'remind': '2026-11-08T17:00:00.000Z',
  });
});

test('a scheduled step is not lost when jobs overlap', async () => {
  const people = await Promise.all(['a', 'b', 'c', 'd'].map((one) => invited(`${name}-${one}`)));
  platform.at(addSeconds(platform.clock.now(), weekSeconds), () =>
    Promise.all(Array.from({ length: 3 }, () => platform.invoke('sweep-due', {}))));
  await later(lifeSeconds);
  for (const contact of people) {
    expect(stepsTo(contact)).toEqual(['invite', 'follow-up', 'remind']);
    expect(burstsOf(contact)).toHaveLength(4);
  }
});

test('the same people are not entered twice', async () => {
  const contact = await importMember(platform, name);
  expect(await importMember(platform, name)).toBe(contact);
  await Promise.all([enrol(platform, contact), enrol(platform, contact), platform.call('POST', `/journeys/${journey}/enrolments`, {})]);
  await platform.settle();
  await enrol(platform, contact);
  await later(lifeSeconds);
  expect(await stores.enrolments.ofContact(contact)).toHaveLength(1);
  expect(stepsTo(contact)).toEqual(['invite', 'follow-up', 'remind']);
});

test('no mail after an unsubscribe inside a journey', async () => {
  const contact = await invited();
  const [mail] = mailsOf(contact);
  const path = new URL(/<(https?:[^>]+)>/u.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '').pathname;
  await later(daySeconds);
  await platform.call('POST', path, 'List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': browser });
  await platform.settle();
  expect((await runOf(contact)).status).toBe('EXITED');
  await later(lifeSeconds);
  expect(stepsTo(contact)).toEqual(['invite']);
});

test('one bad address in a batch makes nobody else\'s mail go twice', async () => {
  const good = await Promise.all(['a', 'b', 'c'].map((one) => importMember(platform, `${name}-${one}`)));
  const bad = await importMember(platform, `refused-${name}`);
  const batch = { contacts: [...good.slice(0, 1), bad, ...good.slice(1)] };
  for (let tried = 0; tried < 2; tried += 1) {
    await platform.call('POST', `/journeys/${journey}/enrolments`, batch);
    await platform.settle();
  }
  expect(good.map(stepsTo)).toEqual([['invite'], ['invite'], ['invite']]);
  expect(stepsTo(bad)).toEqual([]);
  expect((await stores.sends.ofContact(bad)).map(({ step, status, reason }) => [step, status, reason])).toEqual([['invite', 'REFUSED', 'MAIL_REJECTED']]);
});

test('nothing stalls silently: a run without progress fails with a code and is counted', async () => {
  const contact = await importMember(platform, name);
  // Its machine is not there, so that no burst ever gets anywhere.
  await publishReminder(stores, 'without-machine', 'care_coordination');
  await putInto(stores, platform, 'without-machine', contact, 'PARKED');
  await later(4 * daySeconds);
  expect(await runOf(contact, 'without-machine')).toMatchObject({ status: 'FAILED', ended: 'stalled' });
  expect((await platform.call('GET', '/journeys/without-machine/versions/1/report')).body).toMatchObject({ entered: 1, active: 0, failed: 1, nobodyLost: true });
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
});

test('a wait or timeout path is never the wrong one', async () => {
  const [guest, member, silent, both] = await Promise.all(['guest', 'member', 'silent', 'both'].map((one) => invited(`${name}-${one}`)));
  if (guest === undefined || member === undefined || silent === undefined || both === undefined) throw new Error('four people are expected');
  const { due } = await runOf(both);
  platform.at(due as Instant, async () => {
    await Promise.all([platform.invoke('sweep-due', {}), platform.call('POST', `/contacts/${both}/events`, { name: 'portal.login', id: 'login' })]);
  });
  await later(600);
  await follow(guest, 'Save a seat in the webinar');
  await platform.call('POST', `/contacts/${member}/events`, { name: 'portal.login', id: 'login' });
  await later(lifeSeconds);
  expect([(await runOf(guest)).ended, (await runOf(member)).ended, (await runOf(silent)).ended]).toEqual(['webinar', 'enrolled', 'completed']);
  expect([stepsTo(guest), stepsTo(member), stepsTo(silent)]).toEqual([['invite'], ['invite'], ['invite', 'follow-up', 'remind']]);
  // At the same instant one of the two won, and the run went that way alone.
  const way = { enrolled: ['invite'], completed: ['invite', 'follow-up', 'remind'] }[(await runOf(both)).ended as 'enrolled' | 'completed'];
  expect(stepsTo(both)).toEqual(way);
});

test('a security scanner\'s clicks do not count as the patient\'s', async () => {
  const contact = await invited();
  await later(600);
  const words = [...linksIn(mailsOf(contact)[0]?.html ?? '').entries()].filter(([, path]) => path.startsWith('/l/')).map(([text]) => text);
  expect(words.length).toBeGreaterThan(1);
  await follow(contact, 'Save a seat in the webinar', 'Mozilla/5.0 (compatible; Barracuda Sentinel)');
  await follow(contact, 'Save a seat in the webinar', browser, 'HEAD');
  // A gateway that calls itself a browser gives itself away by following everything at once.
  for (const text of words) await follow(contact, text);
  await later(600);
  expect((await runOf(contact)).step).toBe('answer');
  await follow(contact, 'Save a seat in the webinar');
  await later(120);
  expect((await runOf(contact)).ended).toBe('webinar');
});

test('a live edit changes exactly whom its author meant', async () => {
  const stays = await invited(`${name}-stays`);
  await platform.call('POST', `/journeys/${journey}/versions/2/publication`, {});
  const next = await importMember(platform, `${name}-next`);
  await enrol(platform, next);
  await platform.settle();
  expect([(await runOf(stays)).version, (await runOf(next)).version]).toEqual([1, 2]);
  const steps = { 'answer': 'reply', 'thursday-noon': 'friday-morning' };
  const migrate = async (dryRun: boolean) => {
    const asked = await platform.call('POST', `/journeys/${journey}/migrations`, { from: 1, to: 2, steps, dryRun });
    await platform.settle();
    return (await platform.call('GET', `/journeys/${journey}/migrations/${(asked.body as { id: string }).id}`)).body;
  };
  expect(await migrate(true)).toMatchObject({ done: true });
  expect((await runOf(stays)).version).toBe(1);
  expect(await migrate(false)).toMatchObject({ done: true });
  expect(await runOf(stays)).toMatchObject({ version: 2, step: 'reply' });
  await later(lifeSeconds);
  // Nobody got the first mail again, and nobody was lost on the way.
  expect([stepsTo(stays), stepsTo(next)]).toEqual([['invite', 'follow-up', 'remind'], ['invitation', 'follow-up', 'remind']]);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
});
