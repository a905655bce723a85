import { expect, test } from 'vitest';
import { inOrder } from '../../../lib/local/demo/timeline.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { counts } from './evidence.ts';

const first = '2026-11-02T14:00:00.000Z' as Instant;
const later = '2026-11-03T14:00:00.000Z' as Instant;
const entry = (what: string, step: string, reason?: string, at = first) =>
  ({ at, journey: 'welcome', what, step, ...(reason === undefined ? {} : { reason }) });

test('at one instant the steps stand in the order of the journey', () => {
  const entries = [entry('step', 'done'), entry('step', 'greet'), entry('entered', '')];
  expect(inOrder(entries, [counts]).map(({ step }) => step)).toEqual(['', 'greet', 'done']);
});

test('an earlier instant stands first', () => {
  const entries = [entry('step', 'greet', undefined, later), entry('step', 'done')];
  expect(inOrder(entries, [counts]).map(({ at }) => at)).toEqual([first, later]);
});

test('a send is told once, with its reason', () => {
  const entries = [entry('step', 'greet'), entry('sent', 'greet', 'PERMIT_OPERATIONS')];
  expect(inOrder(entries, [counts]).map(({ what }) => what)).toEqual(['sent']);
});
