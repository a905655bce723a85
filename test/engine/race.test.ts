import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { enrol, importMember, lifeSeconds, startAt, timelineOf } from './people.ts';

const weekSeconds = 7 * 86_400;

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
});
afterAll(() => platform.stop());

const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '');

const executionsOf = (contact: string) => platform.executions().filter(({ input }) => input.includes(contact));

/** Enrols a member, who then waits a week for an answer to the invitation. */
const waiting = async (name: string): Promise<{ contact: string; enrolment: string; due: Instant }> => {
  const contact = await importMember(platform, name);
  await enrol(platform, contact);
  await platform.settle();
  const enrolment = executionsOf(contact)[0]?.name.split('-')[0] ?? '';
  return { contact, enrolment, due: addSeconds(platform.clock.now(), weekSeconds) };
};

const queued = (body: object) => ({ Records: [{ messageId: 'm1', body: JSON.stringify(body) }] });

test('a contact asked to enter twice at the same instant enters once', async () => {
  const contact = await importMember(platform, 'twice');
  await Promise.all([enrol(platform, contact), enrol(platform, contact), enrol(platform, contact)]);
  await platform.settle();
  expect(mailsTo(contact)).toEqual(['invite']);
});

test('two workers that are handed the same due enrolment at the same instant start one burst', async () => {
  const { contact, enrolment, due } = await waiting('two-workers');
  let done = false;
  platform.at(due, async () => {
    const message = queued({ due: [{ contact, enrolment }] });
    await Promise.all([platform.invoke('resume-enrolment', message), platform.invoke('resume-enrolment', message)]);
    done = true;
  });
  await platform.runUntil(addSeconds(due, 60));
  expect(done).toBe(true);
  expect(executionsOf(contact).filter(({ name }) => name.endsWith('-1'))).toHaveLength(1);
});

test('of an event and a timeout at the same instant exactly one goes on', async () => {
  const { contact, enrolment, due } = await waiting('event-or-timeout');
  platform.at(due, () => Promise.all([
    platform.invoke('resume-enrolment', queued({ due: [{ contact, enrolment }] })),
    platform.call('POST', `/contacts/${contact}/events`, { name: 'portal.login', id: 'login-1' }),
  ]));
  await platform.runUntil(addSeconds(due, 60));
  expect(executionsOf(contact)).toHaveLength(2);
});

test('a task that runs twice at the same instant sends one mail', async () => {
  const { contact, enrolment } = await waiting('one-task-twice');
  const task = {
    journey: 'health-plan-enrollment', version: 1, step: 'invite', from: 'invite', contact, enrolment, outcome: 'none', seq: 0, leg: 0,
  };
  await Promise.allSettled([platform.invoke('send-message', task), platform.invoke('send-message', task)]);
  expect(mailsTo(contact)).toEqual(['invite']);
});

test('an event between the send and the wait counts', async () => {
  const contact = await importMember(platform, 'early-bird');
  await platform.settle();
  // The log-in is reported while the first burst is under way, before anybody waits for it.
  await Promise.all([
    enrol(platform, contact), platform.call('POST', `/contacts/${contact}/events`, { name: 'portal.login', id: 'login-2' }),
  ]);
  await platform.settle();
  await platform.call('POST', `/contacts/${contact}/events`, { name: 'portal.login', id: 'login-3' });
  await platform.settle();
  expect((await timelineOf(platform, contact)).at(-1)).toMatchObject({ what: 'completed', reason: 'enrolled' });
});

test('an unsubscribe and a send at the same instant never leave a mail that was decided after the unsubscribe', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { contact, due } = await waiting(`withdrawing-${round}`);
    const consents = `/contacts/${contact}/consents`;
    platform.at(due, () => platform.call('POST', consents, { suppression: { scope: 'commercial', topic: null, source: 'call-centre' } }));
    await platform.runUntil(addSeconds(due, lifeSeconds));
    expect(mailsTo(contact)).toEqual(['invite']);
  }
});
