import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '../../lib/core/time.ts';
import { startPlatform } from '../../lib/local/platform.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { assemblyOf, smallJourney, why } from './own-journeys.ts';
import { importMember } from './people.ts';

const assembly = assemblyOf({
  'segments.yaml': '- { segment: members, title: Members, because: Plan administration., classes: [], where: { field: lastName, equals: Lee } }\n',
  'events.yaml': `
- event: appointment.scheduled
  title: An appointment
  classes: [appointment_logistics]
  attributes: { number: { type: id, reveals: appointment_logistics } }
`,
  ...smallJourney('visits', `enter: [{ segment: members, ${why} }, { event: appointment.scheduled, ${why} }]`, `
  - { id: ask, branch: [{ when: { attribute: number, exists: true }, then: note }], otherwise: done }
  - { id: note, send: note }
  - { id: done, end: completed }
`, { segment: 'appointment_logistics, contact_info', content: 'contact_info, appointment_logistics', line: 'Your visit is {{ run.number }}.', missing: '{ run.number: skip }' }),
});

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ assembly, startAt: '2026-11-25T14:00:00.000Z' as Instant, dailySchedules: false });
});
afterAll(async () => {
  await platform.stop();
  rmSync(assembly, { recursive: true });
});

test('whose message hangs on a value that only the run brings counts as permitted, and the value is told apart', async () => {
  const contact = await importMember(platform, 'ann');
  await platform.settle();
  const { body } = await platform.call('POST', '/journeys/visits/launch-checks', {});
  expect(body).toMatchObject({
    checked: 1, permitted: 1, refused: {},
    knownOnlyWithRun: {
      'run.number': { count: 1, sample: [contact], whatItNeeds: 'A run that an event begins: the event brings the value. A run that a list begins is without it.' },
    },
  });
});
