import { afterAll, beforeAll, expect, test } from 'vitest';
import { segments } from '../../lib/aws/segments.ts';
import { SegmentId } from '../../lib/core/ids.ts';
import { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { publishedSegment } from '../fixtures/segment.ts';

let engines: VaultEngines;
let now: Instant;
beforeAll(async () => {
  engines = await startVaultEngines();
  now = Instant.parse('2026-11-02T09:00:00.000Z');
});
afterAll(() => engines.stop());

/** A catalogue as a function that starts now has it. */
const catalogue = () => segments({ ...engines.runtime, clock: { now: () => now } }, engines.journeysTable);
const coded = (code: string) => expect.objectContaining({ code });

test('a published segment is listed as it was defined', async () => {
  const segment = publishedSegment('at-risk', { field: 'conditions', includesAny: ['44054006', '15777000'] });
  await catalogue().publish(segment);
  expect(await catalogue().all()).toContainEqual(segment);
});

test('a name that is published again keeps its id and takes the new definition', async () => {
  const first = publishedSegment('adults', { field: 'age', atLeast: 18 });
  const again = { ...publishedSegment('adults', { field: 'age', atLeast: 21 }), title: 'Grown up' };
  await catalogue().publish(first);
  await catalogue().publish(again);
  expect((await catalogue().all()).filter(({ segment }) => segment === 'adults')).toEqual([{ ...again, id: first.id }]);
});

test('of several first publications at once one id stands', async () => {
  const rivals = Array.from({ length: 5 }, () => publishedSegment('contested'));
  await Promise.all(rivals.map((rival) => catalogue().publish(rival)));
  expect(rivals.map(({ id }) => id)).toContain(await catalogue().idOf('contested'));
});

test('a name leads to its id, and the id back to the name', async () => {
  const segment = publishedSegment('guests');
  await catalogue().publish(segment);
  expect(await catalogue().idOf('guests')).toBe(segment.id);
  expect(await catalogue().nameOf(segment.id)).toBe('guests');
});

test('an unknown name and an unknown id are refused', async () => {
  const nobody = SegmentId.parse('s_00000000000000000000000000');
  await expect(catalogue().idOf('nobody')).rejects.toThrow(coded('segment.unknown'));
  await expect(catalogue().nameOf(nobody)).rejects.toThrow(coded('segment.unknown'));
});

test('a definition is read again after five minutes', async () => {
  const reader = catalogue();
  const first = publishedSegment('renamed');
  const second = { ...first, title: 'Another title' };
  const title = async () => (await reader.all()).find(({ segment }) => segment === 'renamed')?.title;
  now = Instant.parse('2026-11-03T09:00:00.000Z');
  await catalogue().publish(first);
  expect(await title()).toBe('A group');
  await catalogue().publish(second);
  now = Instant.parse('2026-11-03T09:04:59.999Z');
  expect(await title()).toBe('A group');
  now = Instant.parse('2026-11-03T09:05:00.000Z');
  expect(await title()).toBe('Another title');
});

test('a segment published a moment ago is found by a function that has read the others', async () => {
  const reader = catalogue();
  await reader.all();
  const late = publishedSegment('latecomers');
  await catalogue().publish(late);
  expect(await reader.idOf('latecomers')).toBe(late.id);
});
