import { expect, test } from 'vitest';
import type { EventFilter } from '../../../lib/core/event/filter.ts';
import { passesFilter } from '../../../lib/core/event/filter.ts';
import type { Instant } from '../../../lib/core/time.ts';

const values: Readonly<Record<string, unknown>> = { kind: 'blood', days: 3, first: true, startsAt: '2026-12-01T15:00:00.000Z' };
const day = { now: '2026-11-29T20:00:00.000Z' as Instant, zone: 'America/New_York' };
const passes = (filter: EventFilter): boolean => passesFilter(filter, (name) => values[name], day);

test.each<[EventFilter, boolean]>([
  [[{ attribute: 'kind', equals: 'blood' }], true],
  [[{ attribute: 'kind', equals: 'tissue' }], false],
  [[{ attribute: 'kind', oneOf: ['tissue', 'blood'] }], true],
  [[{ attribute: 'days', atLeast: 3 }], true],
  [[{ attribute: 'days', atLeast: 4 }], false],
  [[{ attribute: 'kind', atLeast: 0 }], false],
  [[{ attribute: 'place', equals: 'north' }], false],
  [[{ attribute: 'place', exists: false }], true],
  [[{ attribute: 'kind', exists: true }], true],
  [[{ attribute: 'startsAt', inNext: '2 days' }], true],
  [[{ attribute: 'startsAt', inNext: '1 day' }], false],
  [[{ attribute: 'kind', equals: 'blood' }, { attribute: 'first', equals: true }], true],
  [[{ attribute: 'kind', equals: 'blood' }, { attribute: 'first', equals: false }], false],
])('%j passes: %s', (filter, expected) => {
  expect(passes(filter)).toBe(expected);
});
