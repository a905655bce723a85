import { expect, test } from 'vitest';
import type { Platform } from '../../lib/local/platform.ts';
import type { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { enrolIn, sendReminder, sendsOf, type Stores, storesOf } from './journeys.ts';
import { assemblyOf, smallJourney, why } from './own-journeys.ts';
import { importMember, startAt } from './people.ts';
import { startOn } from './start-on.ts';

const assembly = assemblyOf({
  'segments.yaml': `
- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }
- { segment: reminded, title: Reminded, because: Plan administration., classes: [], where: null }
`,
  ...smallJourney('mails-last', `enter: { segment: members, ${why} }`, `
  - { id: remind, send: note }
  - { id: on, goTo: done }
  - { id: done, end: reminded }
`, { segment: 'contact_info' }),
  ...smallJourney('adds-last', `enter: { segment: members, ${why} }`, `
  - { id: remind, send: note }
  - { id: listed, addToSegment: reminded }
  - { id: done, end: listed }
`, { segment: 'contact_info' }),
});

let platform: Platform;
let stores: Stores;

startOn(assembly, startAt, (started) => {
  platform = started;
  stores = storesOf(platform);
});

const through = async (journey: string): Promise<Enrolment> => {
  const contact = await importMember(platform, `through-${journey}`);
  await platform.settle();
  platform.resetMeter();
  await enrolIn(platform, journey, contact);
  await platform.settle();
  const [run] = await stores.enrolments.ofContact(contact);
  return run ?? expect.fail('nobody entered');
};

test('a run whose last step is a message is completed by the function that sends it, at the end that the author named', async () => {
  const run = await through('mails-last');
  expect(run).toMatchObject({ status: 'COMPLETED', step: 'done', ended: 'reminded' });
  expect(Object.keys(run.visited).sort()).toEqual(['done', 'remind']);
  expect(platform.meter().invocations['close-enrolment']).toBeUndefined();
});

test('a run whose last step is a segment is completed by the function that adds to it', async () => {
  const run = await through('adds-last');
  expect(run).toMatchObject({ status: 'COMPLETED', step: 'done', ended: 'listed' });
  expect(platform.meter().invocations['close-enrolment']).toBeUndefined();
});

test('a last message whose task is repeated after the run was completed is not sent again', async () => {
  const run = await through('mails-last');
  await expect(sendReminder(platform, run)).rejects.toThrow('BurstOver');
  expect(await sendsOf(stores, run.contact)).toHaveLength(1);
});
