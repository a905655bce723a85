import { expect, test } from 'vitest';
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
  'events.yaml': '[]\n',
  ...smallJourney('birthday', `
enter: [{ date: { field: birthDate, time: "09:00", yearly: true, leapDay: march-1 }, ${why} }]
reenter: { oncePer: year }`, `
  - { id: note, send: note }
  - { id: done, end: completed }
`),
});

let platform: Platform;
let lives: ReturnType<typeof livesOn>;
startOn(assembly, startAt, (started) => {
  platform = started;
  lives = livesOn(platform);
});

const contacts: string[] = [];

/** A contact comes into being, its birth date is corrected, and the birthday comes tomorrow. */
const live = async (name: string, fault?: Fault): Promise<Life> => {
  const tomorrow = addSeconds(platform.clock.now(), daySeconds).slice(0, 10);
  let contact = '';
  const calls = await lives.struck(fault, async () => {
    await lives.put(name, { birthDate: '1979-11-20' });
    contact = await lives.put(name, { birthDate: `1979${tomorrow.slice(4)}` });
    await platform.runUntil(`${tomorrow}T18:00:00.000Z` as Instant);
  });
  contacts.push(contact);
  return { calls, ...await lives.outcome(contact) };
};

test('a crash at any external call of an entry by a date loses nobody and doubles nobody, this year and the next', async () => {
  const { whole, unsound } = await crashEverywhere(live);
  expect(whole).toMatchObject({ came: ['birthday COMPLETED completed'], letters: ['Hello. Please open the portal.'], unknown: 0 });
  expect([whole.calls > 40, unsound]).toEqual([true, []]);
  await platform.runUntil(addSeconds(platform.clock.now(), 366 * daySeconds));
  const years = await Promise.all(contacts.map(async (contact) => (await lives.outcome(contact)).came.length));
  expect(years.filter((runs) => runs !== 2)).toEqual([]);
}, 900_000);
