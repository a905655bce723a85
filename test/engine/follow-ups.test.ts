import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { enrolIn, importDiabetic, publishReminder, putInto, sendReminder, storesOf } from './journeys.ts';
import { startAt } from './people.ts';

const carePurposes = ['appointment_reminder', 'care_coordination', 'refill_reminder', 'emergency_safety', 'legal_notice'] as const;

let platform: Platform;
let stores: Stores;
beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  for (const purpose of [...carePurposes, 'satisfaction_survey' as const]) await publishReminder(stores, `of-${purpose.replaceAll('_', '-')}`, purpose);
});
afterAll(() => platform.stop());

type Task = { readonly id: string; readonly contact: string; readonly journey: string; readonly reason: string; readonly closedAt?: string };
type Page = { readonly tasks: readonly Task[]; readonly after: string | null };

const page = async (after?: string): Promise<Page> =>
  (await platform.call('GET', `/follow-ups${after === undefined ? '' : `?after=${after}`}`)).body as Page;
const openFor = async (contact: string): Promise<readonly Task[]> => {
  const found: Task[] = [];
  let after: string | undefined;
  do {
    const read: Page = await page(after);
    found.push(...read.tasks);
    after = read.after ?? undefined;
  } while (after !== undefined);
  return found.filter((task) => task.contact === contact);
};
const suppressed = async (name: string): Promise<string> => {
  const contact = await importDiabetic(platform, name);
  await platform.call('POST', `/contacts/${contact}/consents`, { suppression: { scope: 'all', source: 'phone' } });
  return contact;
};

test.each(carePurposes)('a refused message of purpose %s leaves a task behind', async (purpose) => {
  const contact = await suppressed(purpose);
  const run = await putInto(stores, platform, `of-${purpose.replaceAll('_', '-')}`, contact, 'RUNNING');
  expect(await sendReminder(platform, run)).toMatchObject({ outcome: 'refused' });
  expect(await openFor(contact)).toMatchObject([{ journey: run.journey, step: 'remind', leg: 0, openedAt: platform.clock.now() }]);
});

test('a refused message of another purpose leaves none', async () => {
  const contact = await suppressed('survey');
  await sendReminder(platform, await putInto(stores, platform, 'of-satisfaction-survey', contact, 'RUNNING'));
  expect(await openFor(contact)).toEqual([]);
});

test('a message that is sent leaves none', async () => {
  const contact = await importDiabetic(platform, 'reached');
  const run = await putInto(stores, platform, 'of-appointment-reminder', contact, 'RUNNING');
  expect(await sendReminder(platform, run)).toMatchObject({ outcome: 'sent' });
  expect(await openFor(contact)).toEqual([]);
});

test('a refusal by the mail service leaves a task behind', async () => {
  platform.decideMail((address) => (address === 'turned-away@example.test' ? 'reject' : 'deliver'));
  const contact = await importDiabetic(platform, 'turned-away');
  await sendReminder(platform, await putInto(stores, platform, 'of-appointment-reminder', contact, 'RUNNING'));
  expect(await openFor(contact)).toMatchObject([{ reason: 'MAIL_REJECTED' }]);
});

test('a send that is repeated after a crash leaves the same task, and only it', async () => {
  const contact = await suppressed('repeated');
  const run = await putInto(stores, platform, 'of-appointment-reminder', contact, 'RUNNING');
  const before = platform.externalCalls();
  await sendReminder(platform, run);
  const calls = platform.externalCalls() - before;
  const counts: number[] = [];
  for (let nth = 1; nth <= calls; nth += 1) {
    const other = await suppressed(`repeated-${nth}`);
    const again = await putInto(stores, platform, 'of-appointment-reminder', other, 'RUNNING');
    platform.inject({ nth, when: 'after', act: 'throw' });
    await expect(sendReminder(platform, again)).rejects.toThrow('internal');
    platform.inject(undefined);
    await sendReminder(platform, again);
    counts.push((await openFor(other)).length);
  }
  expect(counts).toEqual(Array.from({ length: calls }, () => 1));
});

test('a run of care that a withdrawal ends leaves a task behind', async () => {
  const contact = await importDiabetic(platform, 'moved-away');
  await putInto(stores, platform, 'of-appointment-reminder', contact, 'PARKED');
  await platform.call('POST', `/contacts/${contact}/consents`, { suppression: { scope: 'all', source: 'phone' } });
  expect(await openFor(contact)).toMatchObject([{ journey: 'of-appointment-reminder', reason: 'SUPPRESSED_ALL' }]);
});

test('a task that is closed is listed no more, and keeps the instant of its first closure', async () => {
  const contact = await suppressed('closed');
  await sendReminder(platform, await putInto(stores, platform, 'of-appointment-reminder', contact, 'RUNNING'));
  const [task] = await openFor(contact);
  const first = await platform.call('POST', `/follow-ups/${task?.id}/closure`, {});
  expect([first.status, (first.body as Task).closedAt]).toEqual([200, platform.clock.now()]);
  expect(await openFor(contact)).toEqual([]);
  expect((await platform.call('POST', `/follow-ups/${task?.id}/closure`, {})).body).toEqual(first.body);
});

test('the closure of an unknown task says so', async () => {
  expect(await platform.call('POST', '/follow-ups/bm9uZQ/closure', {})).toMatchObject({ status: 404, body: { error: { code: 'follow-up.unknown' } } });
});

test('a cursor that is none says so', async () => {
  expect(await platform.call('GET', '/follow-ups?after=bm9uZQ')).toMatchObject({ status: 404, body: { error: { code: 'follow-up.unknown' } } });
});

type Checked = {
  readonly checked: number; readonly more: boolean; readonly permitted: number;
  readonly refused: Readonly<Record<string, { readonly count: number; readonly sample: readonly string[]; readonly whatItNeeds: string }>>;
};

test('the launch check agrees with what the sends then do', async () => {
  const asked = await platform.call('POST', '/journeys/diabetes-program/launch-checks', { sample: 500 });
  const { checked, permitted, refused } = asked.body as Checked;
  const contacts = (await Promise.all(Object.values(refused).map(({ sample }) => sample))).flat();
  for (const contact of contacts) await enrolIn(platform, 'diabetes-program', contact);
  await platform.settle();
  const told = Object.entries(refused).flatMap(([reason, { sample }]) => sample.map((contact) => `${contact} ${reason}`)).sort();
  const done = (await Promise.all(contacts.map((contact) => stores.sends.ofContact(contact)))).flat()
    .filter(({ journey }) => journey === 'diabetes-program').map(({ contact, reason }) => `${contact} ${reason}`).sort();
  expect([checked, permitted, told.length > 5]).toEqual([Object.values(refused).reduce((sum, { count }) => sum + count, 0), 0, true]);
  expect(done).toEqual(told);
});
