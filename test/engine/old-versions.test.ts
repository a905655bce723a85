import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { journeysOf } from '../../lib/stacks/shipped.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { deployment } from '../stacks/deployment.ts';
import { authorize, enrolIn, importDiabetic } from './journeys.ts';
import { enrol, importMember, lifeSeconds, referenceSends, startAt, timelineOf } from './people.ts';

/** Machines as an earlier compiler wrote them, with a choice behind each wait: versions that left the app keep theirs, and call today's handlers. */
const kept = (journey: string): object =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/journeys/earlier/${journey}-v1.json`), 'utf8')) as object;

const old = ['health-plan-enrollment', 'diabetes-program', 'appointment-reminder'];
let platform: Platform;

beforeAll(async () => {
  const { versions, segments, events } = journeysOf(join(import.meta.dirname, '../../statemachines/journeys'));
  const first = versions.filter(({ journey, version }) => version === 1 && old.includes(journey))
    .map((version) => ({ ...version, definition: kept(version.journey) }));
  expect(first.map(({ journey }) => journey).sort()).toEqual([...old].sort());
  platform = await startPlatform({ assembly: deployment({ versions: first, segments, events }).app.synth().directory, startAt, dailySchedules: false });
}, 120_000);
afterAll(() => platform.stop());

const mailsTo = (contact: string): readonly string[] =>
  platform.mails().filter(({ tags }) => tags['contact'] === contact).map(({ tags }) => tags['step'] ?? '').sort();

const live = () => platform.runUntil(addSeconds(platform.clock.now(), lifeSeconds));

test('the reference journey as it was first deployed runs to its end, and by a log-in to another one', async () => {
  const [silent, answering] = [await importMember(platform, 'silent'), await importMember(platform, 'answering')];
  await enrol(platform, silent);
  await enrol(platform, answering);
  await platform.settle();
  await platform.call('POST', `/contacts/${answering}/events`, { name: 'portal.login', id: 'login-1' });
  await live();
  expect([mailsTo(silent), mailsTo(answering)]).toEqual([referenceSends, ['invite']]);
  expect([(await timelineOf(platform, silent)).at(-1), (await timelineOf(platform, answering)).at(-1)])
    .toMatchObject([{ what: 'completed', reason: 'completed' }, { what: 'completed', reason: 'enrolled' }]);
});

test('the diabetes program as it was first deployed runs to its end, and a pause and a resumption on the way change no mail', async () => {
  const contact = await importDiabetic(platform, 'diabetic');
  await authorize(platform, contact);
  await enrolIn(platform, 'diabetes-program', contact);
  await platform.settle();
  await platform.call('POST', '/journeys/diabetes-program/pause', {});
  await platform.runUntil(addSeconds(platform.clock.now(), 10 * 86_400));
  await platform.call('POST', '/journeys/diabetes-program/resumption', { catchUp: 'go-on', spreadMinutes: 1 });
  await live();
  expect((await timelineOf(platform, contact)).at(-1)?.what).toBe('completed');
  expect(new Set(mailsTo(contact)).size).toBe(mailsTo(contact).length);
  expect(mailsTo(contact).length).toBeGreaterThan(1);
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0, heldTooLong: 0 });
});

test('the appointment reminder as an earlier compiler wrote it passes by the message whose day is past, and sends the next', async () => {
  await platform.call('POST', '/journeys/appointment-reminder/versions/1/publication');
  const contact = await importMember(platform, 'visitor');
  await platform.runUntil(addSeconds(platform.clock.now(), 600));
  const startsAt = addSeconds(platform.clock.now(), 2.5 * 86_400);
  await platform.call('POST', `/contacts/${contact}/events`, {
    name: 'appointment.scheduled', id: 'visit-1', attributes: { appointmentId: 'A-1', startsAt, place: 'Shore Drive, second floor' },
  });
  await live();
  expect(mailsTo(contact)).toEqual(['second-reminder']);
  expect((await timelineOf(platform, contact)).at(-1)).toMatchObject({ what: 'completed', reason: 'reminded' });
});
