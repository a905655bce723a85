import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { enrolmentIdOf } from '../../lib/core/digest.ts';
import { graceSeconds } from '../../lib/core/engine/contest.ts';
import { Plan } from '../../lib/core/journey/plan.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { putInto, sendReminder, sendsOf, storesOf } from './journeys.ts';
import { importMember, startAt } from './people.ts';

const day = 86_400;

let platform: Platform;
let stores: Stores;

const publish = async (journey: string, priority: number, change: Partial<Plan> = {}): Promise<void> => {
  const plan = Plan.parse({
    journey, title: 'A message', priority, start: 'remind', reenter: 'never',
    sender: { name: 'Northside', address: 'care@northside.example', replyTo: 'care@northside.example' },
    message: { purpose: 'health_education', topic: null, content: ['contact_info'], subject: [], segment: [], promotions: [] },
    enter: { segment: 're-enrolment-due', because: 'Education.' },
    steps: {
      remind: { id: 'remind', visits: 1, kind: 'send', template: 'message', next: 'done' },
      done: { id: 'done', visits: 1, kind: 'end', outcome: 'completed' },
    },
    ...change,
  });
  const message = { template: 'message', subject: 'A message', text: 'Hello.', html: '<p>Hello.</p>', links: {} };
  await stores.versions.publish({ journey, version: 1, plan, templates: { message }, hash: journey, templateHashes: { message: 'none' } });
};

beforeAll(async () => {
  platform = await startPlatform({ assembly: inject('assembly'), startAt, dailySchedules: false });
  stores = storesOf(platform);
  await publish('first', 5);
  await publish('better', 2);
  await publish('worse', 8);
  await publish('skipping', 5, { whenPutOff: 'skip' });
});
afterAll(() => platform.stop());

/** Comes to the send of a journey, again where it was put off; gives what came of it. */
const send = async (journey: string, contact: string): Promise<string> => {
  const key = { contact, enrolment: await enrolmentIdOf(contact as never, journey, 'once') };
  const standing = (await stores.enrolments.ofContact(contact)).find((run) => run.journey === journey);
  const claimed = standing === undefined ? undefined : await stores.enrolments.claim(standing, platform.clock.now(), { due: true });
  const run = claimed?.row ?? await putInto(stores, platform, journey, contact, 'RUNNING');
  try {
    const { outcome } = await sendReminder(platform, run) as { outcome: string };
    await stores.enrolments.close(key, run.seq, { status: 'COMPLETED', ended: 'completed', at: platform.clock.now() });
    return outcome;
  } catch {
    const [row] = (await sendsOf(stores, contact)).filter((one) => one.journey === journey);
    return `${row?.reason} ${row?.putOff?.at(-1)?.until}`;
  }
};

test('a lesser message that comes back first lets the better one take the place, and comes right after', async () => {
  const contact = await importMember(platform, 'contested');
  const free = addSeconds(startAt, day);
  const heard: string[] = [];
  const at = (instant: Instant, journey: string) => platform.at(instant, async () => {
    heard.push(`${journey}: ${await send(journey, contact)}`);
  });
  heard.push(await send('first', contact), await send('worse', contact), await send('better', contact));
  at(free, 'worse');
  at(free, 'better');
  at(addSeconds(free, graceSeconds), 'worse');
  at(addSeconds(free, day), 'worse');
  await platform.runUntil(addSeconds(free, day));
  expect(heard).toEqual([
    'sent', `FREQUENCY_CAP ${free}`, `FREQUENCY_CAP ${free}`,
    `worse: PRIORITY_YIELDED ${addSeconds(free, graceSeconds)}`, 'better: sent',
    `worse: FREQUENCY_CAP ${addSeconds(free, day)}`, 'worse: sent',
  ]);
});

test('a journey that skips goes on without the message, with the reason on record', async () => {
  const contact = await importMember(platform, 'skipped');
  expect([await send('first', contact), await send('skipping', contact)]).toEqual(['sent', 'refused']);
  expect((await sendsOf(stores, contact)).find(({ journey }) => journey === 'skipping')).toMatchObject({ status: 'REFUSED', reason: 'FREQUENCY_CAP' });
});
