import { expect, test } from 'vitest';
import type { JourneyState } from '../../../lib/core/engine/journey-state.ts';
import { entryInto, latestOpen, phaseOf, takesEntries, untouched } from '../../../lib/core/engine/journey-state.ts';
import type { Instant } from '../../../lib/core/time.ts';

const mark = { at: '2026-11-02T14:00:00.000Z' as Instant, by: 'arn:aws:iam::000000000000:user/ops' };
const state = (change: Partial<JourneyState> = {}): JourneyState => ({ ...untouched('checkup'), ...change });

test('a journey of which nothing is on record is published, and so are its versions', () => {
  expect([phaseOf(state()), latestOpen(state(), [1, 3, 2])]).toEqual(['published', 3]);
});

test('entry goes to the latest version that is neither a draft nor deleted', () => {
  expect(entryInto(state({ versions: { 4: 'draft', 3: 'deleted' } }), [1, 2, 3, 4], undefined)).toBe(2);
});

test('a paused journey takes entries, and is paused also where it is retired', () => {
  expect([entryInto(state({ paused: mark }), [1], undefined), phaseOf(state({ paused: mark, retired: mark }))]).toEqual([1, 'paused']);
});

test.each([
  ['a retired journey', state({ retired: mark }), [1], undefined, 'journey.retired'],
  ['a draft that is named', state({ versions: { 2: 'draft' } }), [1, 2], 2, 'version.draft'],
  ['a journey of drafts alone', state({ versions: { 1: 'draft' } }), [1], undefined, 'version.draft'],
  ['a deleted version', state({ versions: { 1: 'deleted' } }), [1, 2], 1, 'version.deleted'],
  ['a version that was never deployed', state(), [1], 2, 'journey.unknown'],
  ['a journey that nobody knows', state(), [], undefined, 'journey.unknown'],
])('%s refuses the entry', (_, standing, versions, asked, code) => {
  expect(() => entryInto(standing, versions, asked)).toThrow(code);
});

test('who comes after the journey was retired, or to a draft, is not taken', () => {
  expect([takesEntries(state({ retired: mark }), 1), takesEntries(state({ versions: { 1: 'draft' } }), 1), takesEntries(state(), 1)])
    .toEqual([false, false, true]);
});
