import { afterAll, beforeAll, expect, test } from 'vitest';
import { Plan } from '../../lib/core/journey/plan.ts';
import type { Purpose } from '../../lib/core/journey/settings.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { proofsOf, putInto, runsOf, sendReminder, sendsOf, storesOf } from './journeys.ts';
import { importMember, linksIn, startAt } from './people.ts';
import { synthesized } from './synthesized.ts';

let platform: Platform;
let stores: Stores;

const publish = async (journey: string, purpose: Purpose): Promise<void> => {
  const plan = Plan.parse({
    journey, title: 'A message', priority: 1, start: 'remind', reenter: 'never',
    sender: { name: 'Northside', address: 'give@northside.example', replyTo: 'give@northside.example' },
    message: { purpose, topic: null, content: ['contact_info'], subject: [], segment: [], promotions: [] },
    enter: { segment: 're-enrolment-due', because: 'Gifts.' },
    steps: {
      remind: { id: 'remind', visits: 1, kind: 'send', template: 'message', next: 'pause' },
      pause: { id: 'pause', visits: 1, kind: 'wait', until: { rule: 'duration', duration: { days: 1, hours: 0, minutes: 0 } }, next: 'done' },
      done: { id: 'done', visits: 1, kind: 'end', outcome: 'completed' },
    },
  });
  const link = '{{ links.unsubscribe }}';
  const message = { template: 'message', subject: 'A message', text: link, html: `<p><a href="${link}">Stop</a></p>`, links: {} };
  await stores.versions.publish({ journey, version: 1, plan, templates: { message }, hash: journey, templateHashes: { message: 'none' } });
};

beforeAll(async () => {
  platform = await startPlatform({ assembly: synthesized('fundraising', { nppFundraisingStatement: true }), startAt, dailySchedules: false });
  stores = storesOf(platform);
  await publish('gala', 'fundraising');
  await publish('auction', 'fundraising');
  await publish('walking', 'health_education');
  await publish('visit', 'appointment_reminder');
}, 120_000);
afterAll(() => platform.stop());

/** Sends one message of a journey to a new contact, who waits in three others meanwhile. */
const reached = async (journey: string, name: string) => {
  const contact = await importMember(platform, name);
  for (const other of ['auction', 'walking', 'visit']) if (other !== journey) await putInto(stores, platform, other, contact, 'PARKED');
  await sendReminder(platform, await putInto(stores, platform, journey, contact, 'RUNNING'));
  const mail = platform.mails().at(-1);
  const [sent] = (await sendsOf(stores, contact)).filter((send) => send.journey === journey);
  return { contact, sent, headers: mail?.headers ?? {}, path: linksIn(mail?.html ?? '').get('Stop') ?? '' };
};

const scopesOf = async (contact: string): Promise<readonly unknown[]> => {
  const { body } = await platform.call('GET', `/contacts/${contact}/consents`);
  return (body as { current: { suppressions: readonly { scope: string }[] } }).current.suppressions.map(({ scope }) => scope);
};

const post = (path: string) => platform.call('POST', path, 'List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded' });

test('fundraising is permitted, with a header and a link that stop it', async () => {
  const { sent, headers, path } = await reached('gala', 'giver');
  expect(sent).toMatchObject({ status: 'SENT', reason: 'PERMIT_FUNDRAISING', basis: ['HIPAA_FUNDRAISING'] });
  expect(headers).toMatchObject({ 'List-Unsubscribe': expect.stringContaining(path), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
});

test('the page of such a link speaks of fundraising, in both languages', async () => {
  const { path } = await reached('gala', 'reader');
  const [en, es] = [await platform.call('GET', path), await platform.call('GET', `${path}?lang=es`)];
  expect([String(en.body), String(es.body)]).toEqual([
    expect.stringMatching(/<button>Stop fundraising email<\/button>/u),
    expect.stringMatching(/<button>No recibir más correo para recaudar fondos<\/button>/u),
  ]);
});

test('one click stops fundraising and every run of it, with proof, and leaves the others', async () => {
  const { contact, path } = await reached('gala', 'stopper');
  expect(await post(path)).toMatchObject({ status: 200, body: expect.stringContaining('has stopped sending fundraising messages') });
  expect(await scopesOf(contact)).toEqual(['fundraising']);
  expect(await runsOf(stores, contact)).toMatchObject({ auction: 'EXITED', gala: 'EXITED', walking: 'PARKED', visit: 'PARKED' });
  const [proof] = await proofsOf(platform, contact);
  expect(proof).toMatchObject({ cause: 'suppression', secondsTaken: 0 });
  expect(proof?.ended.map(({ journey, reason }) => [journey, reason])).toEqual([['auction', 'OPTED_OUT_FUNDRAISING'], ['gala', 'OPTED_OUT_FUNDRAISING']]);
  expect(proof?.kept.map(({ journey }) => journey)).toEqual(['visit', 'walking']);
});

test('one click on commercial mail stops commercial mail, and fundraising goes on', async () => {
  const { contact, path } = await reached('walking', 'learner');
  await post(path);
  expect(await scopesOf(contact)).toEqual(['commercial']);
  expect(await runsOf(stores, contact)).toMatchObject({ auction: 'PARKED', walking: 'EXITED', visit: 'PARKED' });
});

test('an appeal that enters after the opt-out is refused for it', async () => {
  const contact = await importMember(platform, 'refuser');
  await sendReminder(platform, await putInto(stores, platform, 'gala', contact, 'RUNNING'));
  const path = linksIn(platform.mails().at(-1)?.html ?? '').get('Stop') ?? '';
  expect([await post(path), await post(path)].map(({ status }) => status)).toEqual([200, 200]);
  expect(await scopesOf(contact)).toEqual(['fundraising']);
  expect(await sendReminder(platform, await putInto(stores, platform, 'auction', contact, 'RUNNING'))).toMatchObject({ outcome: 'refused' });
  expect((await sendsOf(stores, contact)).find(({ journey }) => journey === 'auction')).toMatchObject({ reason: 'OPTED_OUT_FUNDRAISING' });
});
