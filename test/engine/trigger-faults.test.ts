import { expect, test } from 'vitest';
import { addSeconds } from '../../lib/core/time.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { Fault } from '../../lib/local/faults.ts';
import type { Platform } from '../../lib/local/platform.ts';
import type { Stores } from './journeys.ts';
import { storesOf } from './journeys.ts';
import { assemblyOf, smallJourney, why } from './own-journeys.ts';
import { member } from './people.ts';
import { startOn } from './start-on.ts';

const startAt = '2026-11-25T14:00:00.000Z' as Instant;
const assembly = assemblyOf({
  'segments.yaml': '- { segment: spanish, title: Spanish, because: Language., classes: [], where: { field: language, equals: es } }\n',
  'events.yaml': `
- event: form.visit
  title: A form
  classes: []
  attributes: { number: { type: id, reveals: contact_info } }
- { event: visit.over, title: A visit is over, classes: [], attributes: {} }
`,
  ...smallJourney('joining', `enter: [{ joins: spanish, ${why} }, { becomes: { field: language, equals: es }, ${why} }]`, `
  - { id: over, goTo: { journey: taking } }
`),
  ...smallJourney('taking', `enter: [{ handOver: { from: [joining] }, ${why} }]
goal: [{ event: visit.over, as: over }]`, `
  - { id: pause, wait: 30 days }
  - { id: done, end: completed }
`),
});

let platform: Platform;
let stores: Stores;
startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});

const put = async (name: string, language: string): Promise<string | undefined> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, fields: { ...known.fields, language } }] });
  return (answer.body as { accepted?: readonly { contact: string }[] }).accepted?.[0]?.contact;
};

type Life = { readonly calls: number; readonly runs: readonly string[] };

/** A contact joins a segment, enters by it, is handed over, and reaches a goal in the middle of a wait. */
const live = async (name: string, fault?: Fault): Promise<Life> => {
  const contact = await put(name, 'en') ?? '';
  await platform.settle();
  const before = platform.externalCalls();
  platform.inject(fault);
  const changed = await put(name, 'es');
  await platform.settle();
  await platform.runUntil(addSeconds(platform.clock.now(), 3600));
  const told = await platform.call('POST', `/contacts/${contact}/events`, { name: 'visit.over', id: `over-${name}` });
  await platform.settle();
  const calls = platform.externalCalls() - before;
  platform.inject(undefined);
  // A request that was not answered is made again, as any client of an API does.
  if (changed === undefined) await put(name, 'es');
  await platform.runUntil(addSeconds(platform.clock.now(), 3600));
  if (changed === undefined || told.status !== 202) await platform.call('POST', `/contacts/${contact}/events`, { name: 'visit.over', id: `again-${name}` });
  await platform.settle();
  const runs = (await stores.enrolments.ofContact(contact)).map((run) => `${run.journey} ${run.status} ${run.ended ?? ''}`);
  return { calls, runs: runs.toSorted() };
};

const whole = ['joining COMPLETED handed-over', 'taking COMPLETED goal/over'];

test('a crash at any external call of a trigger, a hand-over and a goal loses nobody and doubles nobody', async () => {
  const { calls, runs } = await live('measured');
  expect(runs).toEqual(whole);
  const unsound: unknown[] = [];
  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of ['before', 'after'] as const) {
      const life = await live(`struck-${nth}-${when}`, { nth, when, act: 'throw' });
      if (String(life.runs) !== String(whole)) unsound.push({ nth, when, runs: life.runs });
    }
  }
  expect([calls > 40, unsound]).toEqual([true, []]);
}, 900_000);
