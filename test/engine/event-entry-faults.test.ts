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
  'events.yaml': `
- event: appointment.scheduled
  title: An appointment
  classes: [appointment_logistics]
  attributes: &appointment
    number: { type: id, reveals: appointment_logistics }
    place: { type: text, reveals: appointment_logistics }
    startsAt: { type: instant, reveals: appointment_logistics }
- { event: appointment.rescheduled, title: An appointment moved, classes: [appointment_logistics], attributes: *appointment }
`,
  ...smallJourney('reminder', `
enter: [{ event: appointment.scheduled, updatedBy: [appointment.rescheduled], ${why} }]
reenter: { oncePer: { attribute: number } }`, `
  - { id: before-visit, waitUntil: { before: { attribute: startsAt, by: 1 day }, time: "09:00", zone: contact, ifPast: skip, ifMissing: exit } }
  - { id: note, send: note }
  - { id: done, end: completed }
`, { segment: 'appointment_logistics', content: 'contact_info, appointment_logistics', line: 'Your visit {{ run.number | default: "unknown" }} is at {{ run.place | default: "unknown" }}.' }),
});

let platform: Platform;
let lives: ReturnType<typeof livesOn>;
startOn(assembly, startAt, (started) => {
  platform = started;
  lives = livesOn(platform);
});

/** An appointment is scheduled beside another one, which is told once more, and moves; each of the two has its reminder. */
const live = async (name: string, fault?: Fault): Promise<Life> => {
  const contact = await lives.put(name);
  const inDays = (days: number) => addSeconds(platform.clock.now(), days * daySeconds);
  // Who states the time of an event repeats that very event; without it, it is another one with the same key.
  const scheduled = (id: string, attributes: object, at = platform.clock.now()) =>
    lives.report(contact, { name: 'appointment.scheduled', id, at, attributes });
  const other = { number: 'B', place: 'East', startsAt: inDays(6) };
  await scheduled('b', other);
  const calls = await lives.struck(fault, async () => {
    await scheduled('a', { number: 'A', place: 'North', startsAt: inDays(3) });
    await scheduled('b-again', other);
    const moved = { number: 'A', place: 'South', startsAt: inDays(4) };
    await platform.runUntil(addSeconds(platform.clock.now(), 3600));
    await lives.report(contact, { name: 'appointment.rescheduled', id: 'a-moves', attributes: moved });
    await platform.runUntil(inDays(4));
  });
  // The reminder of the other one, when nothing strikes any more.
  await platform.runUntil(inDays(2));
  return { calls, ...await lives.outcome(contact) };
};

test('a crash at any external call of an entry by an event loses no run, doubles none, and leaves each its attributes', async () => {
  const { whole, unsound } = await crashEverywhere(live);
  expect(whole).toMatchObject({
    came: ['reminder COMPLETED completed', 'reminder COMPLETED completed'], unknown: 0,
    letters: ['Your visit A is at South.', 'Your visit B is at East.'],
  });
  expect([whole.calls > 80, unsound]).toEqual([true, []]);
}, 900_000);
