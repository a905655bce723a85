import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import { armOf, groupOf } from '../../lib/core/journey/assign.ts';
import { addSeconds, type Instant } from '../../lib/core/time.ts';
import type { Mail } from '../../lib/local/engines/mail.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { authorize, storesOf } from './journeys.ts';
import { browser, member } from './people.ts';

// The journeys that ship and run by themselves, each from its trigger to its end. A Monday, ten in the morning in New York.
const startAt = '2026-06-01T14:00:00.000Z' as Instant;
const daySeconds = 86_400;

const drafts = [
  'appointment-reminder', 'new-member-onboarding', 're-engagement', 'preventive-care-birthday', 'healthy-habits-basics', 'healthy-habits-next',
] as const;

let platform: Platform;
let stores: Stores;
let count = 0;
let name = '';

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
});
afterAll(() => platform.stop());
beforeEach(() => {
  count += 1;
  name = `person-${count}`;
});

const put = async (changes: object = {}, source = name): Promise<string> => {
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...member(source), ...changes }] });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  await platform.settle();
  return contact;
};

const report = async (contact: string, event: string, id: string, attributes: object = {}): Promise<void> => {
  const { status } = await platform.call('POST', `/contacts/${contact}/events`, { name: event, id, attributes });
  expect(status).toBe(202);
  await platform.settle();
};

const later = (seconds: number): Promise<void> => platform.runUntil(addSeconds(platform.clock.now(), seconds));
const until = (at: string): Promise<void> => platform.runUntil(at as Instant);

const runsIn = async (contact: string, journey: string): Promise<readonly Enrolment[]> =>
  (await stores.enrolments.ofContact(contact)).filter((run) => run.journey === journey);
const endsOf = async (contact: string, journey: string): Promise<readonly string[]> =>
  (await runsIn(contact, journey)).map(({ status, ended }) => `${status} ${ended ?? ''}`.trim());

const mailsTo = async (contact: string, journey: string): Promise<readonly Mail[]> => {
  const runs = new Set<string | undefined>((await runsIn(contact, journey)).map(({ enrolment }) => enrolment));
  return platform.mails().filter(({ tags }) => runs.has(tags['enrolment']));
};
const stepsTo = async (contact: string, journey: string): Promise<readonly string[]> =>
  (await mailsTo(contact, journey)).map(({ tags }) => tags['step'] ?? '');
const sentAt = async (contact: string, journey: string): Promise<readonly string[]> => (await mailsTo(contact, journey)).map((mail) => mail.sentAt);

/** Follows the link of the last mail that a reader finds by these words, and lets the grace for scanners pass. */
const press = async (contact: string, journey: string, words: string): Promise<void> => {
  await later(600);
  const html = (await mailsTo(contact, journey)).at(-1)?.html ?? '';
  const [, path = ''] = [...html.matchAll(/href="https?:\/\/[^/"]+(\/l\/[\w-]+)"[^>]*>([^<]+)</gu)].find(([, , text = '']) => text.includes(words)) ?? [];
  const { status } = await platform.call('GET', path, undefined, { 'user-agent': browser });
  expect(status).toBe(302);
  await later(120);
};

test('what a draft reacts to is nobody\'s business before it is published: nothing is opened for it', async () => {
  const contact = await put();
  await platform.settle();
  platform.resetMeter();
  await report(contact, 'portal.login', 'early');
  expect(platform.meter().invocations).not.toHaveProperty('react-to-changes');
});

test('they are drafts when they are deployed: nobody enters by a trigger before somebody publishes them', async () => {
  const contact = await put();
  await report(contact, 'member.joined', 'joined');
  await report(contact, 'form.interest', 'form');
  expect(await stores.enrolments.ofContact(contact)).toEqual([]);
  for (const journey of drafts) {
    expect(await platform.call('POST', `/journeys/${journey}/versions/1/publication`)).toMatchObject({ status: 200, body: { state: 'published', latest: 1 } });
  }
  await later(600);
});

describe('appointment-reminder', () => {
  const journey = 'appointment-reminder';
  const appointment = (id: string, startsAt: string) => ({ appointmentId: id, startsAt, place: 'Shore Drive, second floor' });

  test('an appointment that moves takes its reminders along: at nine of the new days where the patient lives, none at the old', async () => {
    const contact = await put({ timeZone: 'America/Los_Angeles' });
    await report(contact, 'appointment.scheduled', 'a1', appointment('A-1', '2026-06-12T10:00:00-07:00'));
    await until('2026-06-08T12:00:00.000Z');
    await report(contact, 'appointment.rescheduled', 'a1-moved', appointment('A-1', '2026-06-19T15:00:00-07:00'));
    await until('2026-06-16T15:59:00.000Z');
    expect(await mailsTo(contact, journey)).toEqual([]);
    await until('2026-06-20T00:00:00.000Z');
    expect(await sentAt(contact, journey)).toEqual(['2026-06-16T16:00:00.000Z', '2026-06-18T16:00:00.000Z']);
    const [first] = await mailsTo(contact, journey);
    expect(first?.text).toContain('Friday, June 19 at 3:00 PM');
    expect(first?.text).toContain('Shore Drive, second floor');
    expect(await endsOf(contact, journey)).toEqual(['COMPLETED reminded']);
  });

  test('an appointment that is called off reminds of nothing more, and another one of the same patient goes on', async () => {
    const contact = await put({ fields: { ...member(name).fields, language: 'es' } });
    await report(contact, 'appointment.scheduled', 'b1', appointment('B-1', '2026-07-01T10:00:00-04:00'));
    await report(contact, 'appointment.scheduled', 'b2', appointment('B-2', '2026-07-02T11:00:00-04:00'));
    await until('2026-06-28T14:00:00.000Z');
    await report(contact, 'appointment.cancelled', 'b1-off', appointment('B-1', '2026-07-01T10:00:00-04:00'));
    await until('2026-07-03T00:00:00.000Z');
    expect(await sentAt(contact, journey)).toEqual(['2026-06-28T13:00:00.000Z', '2026-06-29T13:00:00.000Z', '2026-07-01T13:00:00.000Z']);
    expect([...await endsOf(contact, journey)].sort()).toEqual(['COMPLETED reminded', 'EXITED exit/cancelled']);
    expect((await mailsTo(contact, journey)).map(({ subject }) => subject)).toEqual(['Su cita es en tres días', 'Su cita es en tres días', 'Su cita es mañana']);
  });

  test('an appointment of tomorrow afternoon skips the reminder whose day is past', async () => {
    const contact = await put();
    await report(contact, 'appointment.scheduled', 'c1', appointment('C-1', '2026-07-05T16:00:00-04:00'));
    await until('2026-07-06T00:00:00.000Z');
    expect([await stepsTo(contact, journey), await sentAt(contact, journey)]).toEqual([['second-reminder'], ['2026-07-04T13:00:00.000Z']]);
  });
});

describe('new-member-onboarding', () => {
  const journey = 'new-member-onboarding';

  test('whoever joins is welcomed, gets the tips in the hours of a weekday, and is on the list of those to help in the end', async () => {
    const contact = await put();
    await report(contact, 'member.joined', 'joined');
    expect(await stepsTo(contact, journey)).toEqual(['welcome']);
    await press(contact, journey, 'Set up my portal');
    await later(30 * daySeconds);
    expect(await stepsTo(contact, journey)).toEqual(['welcome', 'tips']);
    // Three days after the click it is Wednesday evening.
    expect((await sentAt(contact, journey))[1]).toBe('2026-07-09T14:00:00.000Z');
    expect(await endsOf(contact, journey)).toEqual(['COMPLETED not-yet-in-the-portal']);
    expect(await stores.memberships.segmentsOf(contact)).toContain('help-with-the-portal');
  });

  test('a log-in in the middle of a wait reaches the goal, and no more mail leaves', async () => {
    const contact = await put();
    await report(contact, 'member.joined', 'joined');
    await later(2 * daySeconds);
    expect(await endsOf(contact, journey)).toEqual(['PARKED']);
    await report(contact, 'portal.login', 'login');
    expect(await endsOf(contact, journey)).toEqual(['COMPLETED goal/found-the-portal']);
    await later(30 * daySeconds);
    expect(await stepsTo(contact, journey)).toEqual(['welcome']);
  });
});

describe('healthy-habits', () => {
  const basics = 'healthy-habits-basics';
  const next = 'healthy-habits-next';
  const reasonsIn = async (contact: string, journey: string): Promise<readonly (readonly [string, string])[]> =>
    (await stores.sends.ofContact(contact)).filter((send) => send.journey === journey).map(({ messageClass, reason }) => [messageClass ?? '', reason] as const);

  /** Somebody who asked for tips and has just been asked whether to go on. */
  const asked = async (): Promise<string> => {
    const contact = await put();
    await report(contact, 'form.interest', 'form', { topic: 'habits' });
    await later(15 * daySeconds);
    expect(await stepsTo(contact, basics)).toEqual(['first-tip', 'second-tip', 'ask']);
    return contact;
  };

  test('whoever asks for more is handed over, and the partner\'s message needs an authorization that the tips did not', async () => {
    const contact = await asked();
    await press(contact, basics, 'tell me more');
    expect([await endsOf(contact, basics), await endsOf(contact, next)]).toEqual([['COMPLETED handed-over'], ['PARKED']]);
    expect(await reasonsIn(contact, basics)).toEqual(Array.from({ length: 3 }, () => ['operations', 'PERMIT_OPERATIONS']));
    expect(await reasonsIn(contact, next)).toEqual([['marketing_paid', 'AUTH_MISSING']]);
    expect(await mailsTo(contact, next)).toEqual([]);
  });

  test('whoever signed the authorization gets the partner\'s message after the hand-over', async () => {
    const contact = await asked();
    await authorize(platform, contact);
    await press(contact, basics, 'tell me more');
    expect(await reasonsIn(contact, next)).toEqual([['marketing_paid', 'PERMIT_AUTHORIZED']]);
    expect(await stepsTo(contact, next)).toEqual(['program']);
  });

  test('whoever says "later" is asked again a month later, twice and no more', async () => {
    const contact = await asked();
    for (const times of [2, 3]) {
      await press(contact, basics, 'again in a month');
      expect(await endsOf(contact, basics)).toEqual(['PARKED']);
      await later(29 * daySeconds);
      expect((await stepsTo(contact, basics)).filter((step) => step === 'ask')).toHaveLength(times);
    }
    await press(contact, basics, 'again in a month');
    await later(60 * daySeconds);
    expect((await stepsTo(contact, basics)).filter((step) => step === 'ask')).toHaveLength(3);
    expect((await runsIn(contact, basics))[0]?.status).toBe('COMPLETED');
  });
});

describe('re-engagement', () => {
  const journey = 're-engagement';

  test('after ninety quiet days each contact gets the subject of its arm, and who is held out gets none', async () => {
    const { plan } = await stores.versions.get(journey, 1);
    const split = Object.values(plan.steps).find((step) => step.kind === 'split');
    if (split?.kind !== 'split') throw new Error('a split is expected');
    const people: string[] = [];
    const expectedOf = async (contact: string): Promise<string> =>
      (await groupOf(plan, contact as ContactId) === 'holdout' ? 'HOLDOUT' : armOf(split, plan.journey, contact as ContactId));
    // Until somebody is in each group; at most a few dozen, since ids are random.
    for (const groups = new Set<string>(); groups.size < 3;) {
      const contact = await put({}, `${name}-${people.length}`);
      people.push(contact);
      groups.add(await expectedOf(contact));
    }
    await later(91 * daySeconds);
    for (const contact of people) {
      const expected = await expectedOf(contact);
      expect(await stepsTo(contact, journey)).toEqual(expected === 'HOLDOUT' ? [] : [expected]);
      expect(await endsOf(contact, journey)).toEqual(['PARKED']);
    }
    const reached = await Promise.all(people.map(async (contact) => [await expectedOf(contact), contact] as const));
    const ofGroup = (group: string): string => reached.find(([one]) => one === group)?.[1] ?? '';
    await press(ofGroup('question'), journey, 'How to call');
    await report(ofGroup('HOLDOUT'), 'portal.login', 'login');
    expect([await endsOf(ofGroup('question'), journey), await endsOf(ofGroup('HOLDOUT'), journey)])
      .toEqual([['COMPLETED goal/clicked'], ['COMPLETED goal/logged-in']]);
    await later(15 * daySeconds);
    expect(await endsOf(ofGroup('statement'), journey)).toEqual(['COMPLETED no-answer']);
  });
});

describe('preventive-care-birthday', () => {
  const journey = 'preventive-care-birthday';

  test('a birthday of 29 February is kept that day in a leap year and on 1 March in a common one, by age', async () => {
    await until('2027-03-02T00:00:00.000Z');
    const adult = await put({ birthDate: '1988-02-29' }, `${name}-adult`);
    const elder = await put({ birthDate: '1956-02-29' }, `${name}-elder`);
    const child = await put({ birthDate: '2012-02-29' }, `${name}-child`);
    const mails = async (): Promise<readonly (readonly string[])[]> =>
      Promise.all([adult, elder, child].map((contact) => stepsTo(contact, journey)));
    await until('2028-02-29T14:59:00.000Z');
    expect(await mails()).toEqual([[], [], []]);
    await until('2028-02-29T15:01:00.000Z');
    expect(await mails()).toEqual([['wish'], ['wish-plus'], []]);
    expect(await endsOf(child, journey)).toEqual(['COMPLETED no-mail']);
    await until('2029-03-01T14:59:00.000Z');
    expect(await mails()).toEqual([['wish'], ['wish-plus'], []]);
    await until('2029-03-02T00:00:00.000Z');
    expect(await sentAt(adult, journey)).toEqual(['2028-02-29T15:00:00.000Z', '2029-03-01T15:00:00.000Z']);
    expect((await mailsTo(adult, journey)).map(({ subject }) => subject)).toEqual(['A good wish from us', 'A good wish from us']);
  });
});

test('nobody was lost in any of them, and no mail left twice', async () => {
  expect(await platform.invoke('check-invariants', {})).toMatchObject({ lost: [], overdue: 0 });
  const names = platform.mails().map(({ tags }) => [tags['enrolment'], tags['step'], tags['leg']].join('#'));
  expect(new Set(names).size).toBe(names.length);
});
