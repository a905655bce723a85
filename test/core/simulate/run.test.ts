import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { readJourney } from '../../../lib/core/journey/read.ts';
import { sendingsOf } from '../../../lib/core/simulate/course.ts';
import { simulate } from '../../../lib/core/simulate/run.ts';
import type { Person, World } from '../../../lib/core/simulate/world.ts';
import { context, planOf } from '../journey/cases.ts';
import { personOf, plain, startAt, worldOf } from './people.ts';

const journey = (steps: string): Plan => planOf(readJourney(parse(`
format: 1
journey: news
title: News of the clinic
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, because: plan administration }
steps: ${steps}
`), { ...context, templates: { plain } }));

const times = async (world: World, person: Person): Promise<readonly string[]> =>
  sendingsOf(await simulate(world, person)).map(({ at, step }) => `${step} ${at}`);

const weekly = worldOf(journey('[{ id: first, send: plain }, { wait: 7 days }, { id: second, send: plain }, { end: completed }]'), 30);

test('a week begun before the end of summer time ends at the same time of day', async () => {
  const before = { ...personOf(1), entersAt: '2026-10-30T13:00:00.000Z' as typeof startAt };
  expect(await times(weekly, before)).toEqual(['first 2026-10-30T13:00:00.000Z', 'second 2026-11-06T14:00:00.000Z']);
});

test('a mail beyond the frequency cap goes a day later', async () => {
  const twice = worldOf(journey('[{ id: first, send: plain }, { id: second, send: plain }, { end: completed }]'), 30);
  expect(await times(twice, personOf(1))).toEqual(['first 2026-11-02T14:00:00.000Z', 'second 2026-11-03T14:00:00.000Z']);
});

test('whoever lacks a value that the mail needs does not get it, and the reason is told', async () => {
  const { entries } = await simulate(weekly, personOf(1, { fields: {} }));
  expect(entries[0]).toEqual({ at: startAt, step: 'first', what: 'refused', template: 'plain', reason: 'TEMPLATE_VALUE_MISSING' });
});

const answered = worldOf(journey(`
  - { id: first, send: plain }
  - { waitFor: [{ click: more, of: first }], within: 7 days, otherwise: later }
  - { end: interested }
  - { id: later, end: completed }`), 30);

test('a click ends the wait', async () => {
  const clicks = personOf(1, { happens: [{ at: '2026-11-03T09:30:00Z', click: 'more', of: 'first' }] });
  expect((await simulate(answered, clicks)).end).toEqual({ status: 'COMPLETED', ended: 'interested', step: 'end-3', at: '2026-11-03T09:30:00.000Z' });
});

test('a click after the time of the wait changes nothing', async () => {
  const late = personOf(1, { happens: [{ at: '2026-11-12T09:30:00Z', click: 'more', of: 'first' }] });
  expect((await simulate(answered, late)).end).toMatchObject({ ended: 'completed', at: '2026-11-09T14:00:00.000Z' });
});

test('whoever waits beyond the time of the simulation is still under way', async () => {
  expect((await simulate({ ...weekly, until: '2026-11-05T00:00:00.000Z' as typeof startAt }, personOf(1))).end).toBeUndefined();
});
