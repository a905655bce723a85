import { expect, test } from 'vitest';
import type { Platform } from '../../lib/local/platform.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { enrolIn, type Stores, storesOf } from './journeys.ts';
import { assemblyOf } from './own-journeys.ts';
import { member, startAt } from './people.ts';
import { startOn } from './start-on.ts';

const waiting = (journey: string, event: string): Readonly<Record<string, string>> => ({
  [`${journey}/v1/journey.yaml`]: `
journey: ${journey}
title: A journey that waits
message: { purpose: care_coordination, segment: [contact_info, demographic] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
enter: { segment: members, source: membership system, because: Care of our own patients. }
steps:
  - id: answer
    waitFor: [${event}]
    within: 7 days
    otherwise: silent
  - { id: came, end: came }
  - { id: silent, end: silent }
`,
});

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
- { segment: spanish, title: Readers of Spanish, because: They read Spanish., classes: [], where: { field: language, equals: es } }
`,
  ...waiting('changes', '{ changed: language, then: came }'),
  ...waiting('joins', '{ joins: spanish, then: came }'),
  ...waiting('leaves', '{ leaves: spanish, then: came }'),
  ...waiting('conditions', '{ passes: { field: language, equals: es }, then: came }'),
});

let platform: Platform;
let stores: Stores;

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});

/** Imports a member, again where the name is known; gives the contact id. */
const speaking = async (language: string, name: string, firstName = 'Ann'): Promise<string> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', { contacts: [{ ...known, fields: { ...known.fields, firstName, language } }] });
  await platform.settle();
  return (answer.body as { accepted: readonly { contact: string }[] }).accepted[0]?.contact ?? '';
};

const runOf = async (contact: string): Promise<Enrolment | undefined> => (await stores.enrolments.ofContact(contact))[0];

test.each([
  ['changes', 'en', 'es'], ['joins', 'en', 'es'], ['leaves', 'es', 'en'], ['conditions', 'en', 'es'],
])('a wait is woken by a change of the contact: %s', async (journey, before, after) => {
  const contact = await speaking(before, journey);
  await enrolIn(platform, journey, contact);
  await platform.settle();
  expect((await runOf(contact))?.status).toBe('PARKED');
  await speaking(before, journey, 'Anna');
  await platform.runUntil(addSeconds(platform.clock.now(), 120));
  expect((await runOf(contact))?.status).toBe('PARKED');
  await speaking(after, journey, 'Anna');
  await platform.runUntil(addSeconds(platform.clock.now(), 120));
  expect(await runOf(contact)).toMatchObject({ status: 'COMPLETED', ended: 'came' });
});
