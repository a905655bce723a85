import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Deltas } from '../../../lib/core/engine/counts.ts';
import { fewestDeliveries, streamDeltas, streamFigures, streamRows } from '../../../lib/core/engine/stream.ts';
import { addSeconds, instantOf, millisecondsOf } from '../../../lib/core/time.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { record } from '../audit/receipts.ts';

const day = 86_400;
const now = '2026-03-01T00:30:00.000Z' as Instant;

const commercial = (change: Parameters<typeof record>[0] = {}) => record({ commercial: true, ...change });

/** The rows as a table would hold them. */
const rowsOf = (entries: readonly (readonly ['deliveredAt' | 'complainedAt', Instant, number])[]): ReadonlyMap<number, Deltas> => {
  const rows = new Map<number, Record<string, number>>();
  for (const [mark, at, amount] of entries) {
    for (const { version, deltas } of streamDeltas({ before: commercial(), after: commercial({ [mark]: at }) })) {
      const row = rows.get(version) ?? {};
      for (const name of Object.keys(deltas)) row[name] = (row[name] ?? 0) + amount;
      rows.set(version, row);
    }
  }
  return rows;
};

test('a delivery of commercial mail counts on its day, once', () => {
  const after = commercial({ deliveredAt: '2026-11-30T23:59:59.000Z' as Instant });
  expect(streamDeltas({ before: commercial(), after })).toEqual([{ journey: 'stream/commercial', version: 202611, deltas: { 'deliveredAt/30': 1 } }]);
  expect(streamDeltas({ before: after, after: { ...after, bouncedAt: now } })).toEqual([]);
});

test('mail that is not commercial counts for no stream', () => {
  expect(streamDeltas({ before: record(), after: record({ deliveredAt: now, complainedAt: now }) })).toEqual([]);
});

test('the thirty days before the first of March lie in three months', () => {
  expect(streamRows(now).map(({ version }) => version)).toEqual([202603, 202602, 202601]);
});

test('the rate is that of the last thirty days, and what is older is forgotten', () => {
  const rows = rowsOf([['deliveredAt', now, 2000], ['complainedAt', addSeconds(now, -29 * day), 6], ['complainedAt', addSeconds(now, -30 * day), 90]]);
  expect(streamFigures(rows, now)).toEqual({ delivered: 2000, complaints: 6, rate: 0.003 });
});

test('with too few deliveries the rate counts as 0', () => {
  const rows = (delivered: number) => rowsOf([['deliveredAt', now, delivered], ['complainedAt', now, 30]]);
  expect(streamFigures(rows(fewestDeliveries - 1), now).rate).toBe(0);
  expect(streamFigures(rows(fewestDeliveries), now).rate).toBe(0.03);
});

test('whatever the days, the figures are the sums of what fell into the last thirty of them', () => {
  const entries = fc.array(fc.tuple(fc.constantFrom('deliveredAt' as const, 'complainedAt' as const), fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 9 })), { maxLength: 40 });
  fc.assert(fc.property(entries, fc.date({ min: new Date('2026-01-01'), max: new Date('2032-12-31'), noInvalidDate: true }), (drawn, date) => {
    const end = instantOf(date.getTime());
    const dated = drawn.map(([mark, ago, amount]) => [mark, instantOf(millisecondsOf(end) - ago * day * 1000), amount] as const);
    const sum = (wanted: string) => drawn.filter(([mark, ago]) => mark === wanted && ago < 30).reduce((total, [, , amount]) => total + amount, 0);
    expect(streamFigures(rowsOf(dated), end)).toMatchObject({ delivered: sum('deliveredAt'), complaints: sum('complainedAt') });
  }), { numRuns: 300 });
});
