import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { storesOf } from './journeys.ts';
import { enrol, importMember, startAt } from './people.ts';

const weekSeconds = 7 * 86_400;

let platform: Platform;
let stores: Stores;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
});
afterAll(() => platform.stop());

const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '');

const runOf = async (contact: string): Promise<Enrolment> => {
  const [run] = await stores.enrolments.ofContact(contact);
  if (run === undefined) throw new Error('the run is expected');
  return run;
};

/** A run whose wait of a week has ended, claimed by a worker that died before it started the burst. */
const claimed = async (name: string): Promise<{ readonly contact: string; readonly at: Instant }> => {
  const contact = await importMember(platform, name);
  await enrol(platform, contact);
  await platform.settle();
  const at = addSeconds(platform.clock.now(), weekSeconds);
  platform.at(at, async () => {
    await stores.enrolments.claim(await runOf(contact), at, { due: true });
  });
  return { contact, at };
};

const resume = async (contact: string): Promise<void> => {
  const { enrolment } = await runOf(contact);
  await platform.invoke('resume-enrolment', { Records: [{ messageId: 'm1', body: JSON.stringify({ due: [{ contact, enrolment }] }) }] });
};

test('a claim by the due time leaves the run where it stands on the due index', async () => {
  const { contact, at } = await claimed('in-place');
  let run: Enrolment | undefined;
  platform.at(at, async () => {
    run = await runOf(contact);
  });
  await platform.runUntil(at);
  expect(run).toMatchObject({ status: 'RUNNING', due: at, lease: addSeconds(at, 900) });
});

test('a message that comes twice claims nothing while the burst has its lease, and moves the run to the end of it', async () => {
  const { contact, at } = await claimed('twice');
  platform.at(at, () => resume(contact));
  await platform.runUntil(at);
  const run = await runOf(contact);
  expect([run.status, run.seq, run.due, run.lease]).toEqual(['RUNNING', 1, addSeconds(at, 900), undefined]);
});

test('a run whose burst never began goes on when the lease ends, and not before', async () => {
  const { contact, at } = await claimed('died');
  await platform.runUntil(addSeconds(at, 899));
  expect((await runOf(contact)).step).toBe('answer');
  await platform.runUntil(addSeconds(at, 960));
  expect(await runOf(contact)).toMatchObject({ status: 'PARKED', step: 'thursday-noon', seq: 2 });
});

test('a run that is parked again has no lease any more', async () => {
  const contact = await importMember(platform, 'parked-again');
  await enrol(platform, contact);
  await platform.runUntil(addSeconds(platform.clock.now(), weekSeconds + 60));
  const run = await runOf(contact);
  expect([run.status, run.step, run.lease]).toEqual(['PARKED', 'thursday-noon', undefined]);
  expect(mailsTo(contact)).toEqual(['invite']);
});
