import { expect, test } from 'vitest';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { env, required } from '../../lib/aws/env.ts';
import { timers } from '../../lib/aws/timers.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import type { TimerStore } from '../../lib/core/ports.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { Fault } from '../../lib/local/faults.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { crashEverywhere, livesOn } from './crashes.ts';
import type { Life } from './crashes.ts';
import { assemblyOf, smallJourney, why } from './own-journeys.ts';
import { startOn } from './start-on.ts';

const startAt = '2026-11-25T14:00:00.000Z' as Instant;
const daySeconds = 86_400;

const assembly = assemblyOf({
  'segments.yaml': '[]\n',
  'events.yaml': '- { event: portal.login, title: A log-in, classes: [], attributes: {} }\n',
  ...smallJourney('quiet', `
enter: [{ inactive: { for: 10 days }, ${why} }]
reenter: { oncePer: month }`, `
  - { id: note, send: note }
  - { id: done, end: completed }
`),
});

let platform: Platform;
let lives: ReturnType<typeof livesOn>;
let set: TimerStore;
startOn(assembly, startAt, (started) => {
  platform = started;
  lives = livesOn(platform);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  set = timers({ ...awsRuntime, clock: platform.clock, clientConfig: { credentials } }, required(env.journeysTable));
});

/** A contact comes into being, logs in, and does nothing for ten days after that. */
const live = async (name: string, fault?: Fault): Promise<Life> => {
  const born = platform.clock.now();
  const day = (days: number) => addSeconds(born, days * daySeconds);
  let contact = '';
  const calls = await lives.struck(fault, async () => {
    contact = await lives.put(name);
    await platform.runUntil(day(4));
    await lives.report(contact, { name: 'portal.login', id: 'login', at: day(4) });
    await platform.runUntil(day(15));
  });
  const { came, ...outcome } = await lives.outcome(contact);
  const standing = await set.ofContact(contact as ContactId);
  // Its further spans are its own; the crashes to come are for others.
  for (const timer of standing) await set.clear(timer);
  return { calls, ...outcome, came: [...came, ...standing.map(({ due }) => (due === day(24) ? 'looked at again in time' : due))] };
};

test('a crash at any external call of an entry by inactivity loses nobody and doubles nobody, and the time begins anew', async () => {
  const { whole, unsound } = await crashEverywhere(live);
  expect(whole).toMatchObject({
    came: ['quiet COMPLETED completed', 'looked at again in time'], letters: ['Hello. Please open the portal.'], unknown: 0,
  });
  expect([whole.calls > 40, unsound]).toEqual([true, []]);
}, 900_000);
