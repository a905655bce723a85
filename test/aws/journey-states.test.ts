import { afterAll, beforeAll, expect, test } from 'vitest';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { phaseOf } from '../../lib/core/engine/journey-state.ts';
import type { JourneyStates } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';

let engines: VaultEngines;
let states: JourneyStates;
beforeAll(async () => {
  engines = await startVaultEngines();
  states = journeyStates(engines.runtime, engines.journeysTable);
});
afterAll(() => engines.stop());

const mark = (at: string) => ({ at: at as Instant, by: `arn:${at}` });
const first = mark('2026-11-02T14:00:00.000Z');
const second = mark('2026-11-03T14:00:00.000Z');
const resumption = { ...second, catchUp: 'go-on' as const, spreadSeconds: 600 };

test('a journey of which nothing is on record is published and not listed', async () => {
  expect([await states.of('nothing'), (await states.all()).has('nothing')]).toEqual([{ journey: 'nothing', versions: {} }, false]);
});

test('the first pause stands until the journey is resumed', async () => {
  await states.pause('paused', first);
  expect((await states.pause('paused', second)).paused).toEqual(first);
  expect(await states.resume('paused', resumption)).toEqual({ journey: 'paused', versions: {}, resumption });
  expect(phaseOf(await states.of('paused'))).toBe('published');
});

test('a journey that is not paused is not resumed', async () => {
  expect(await states.resume('awake', resumption)).toBeUndefined();
});

test('a draft is one until it is published, and never again', async () => {
  expect(await states.draft('drafted', 2)).toBe(true);
  expect((await states.of('drafted')).versions).toEqual({ 2: 'draft' });
  expect((await states.publish('drafted', 2))?.versions).toEqual({ 2: 'published' });
  expect([await states.draft('drafted', 2), (await states.of('drafted')).versions]).toEqual([false, { 2: 'published' }]);
});

test('a version that is deployed as a draft no more is published, and one that was none is left alone', async () => {
  await states.draft('deployed', 1);
  expect([await states.deployed('deployed', 1), await states.deployed('deployed', 2)]).toEqual([true, false]);
  expect((await states.of('deployed')).versions).toEqual({ 1: 'published' });
});

test('publishing undoes a retirement, and not a deletion', async () => {
  await states.retire('retired', first);
  expect((await states.publish('retired', 1))?.retired).toBeUndefined();
  expect(await states.remove('retired', 1)).toBe(true);
  expect([await states.publish('retired', 1), await states.remove('retired', 1)]).toEqual([undefined, false]);
  await states.restore('retired', 1, 'published');
  expect((await states.of('retired')).versions).toEqual({ 1: 'published' });
});
