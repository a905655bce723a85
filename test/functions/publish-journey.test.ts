import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishJourney, PublishRequest } from '../../functions/publish-journey/handler.ts';
import { eventDefinitions } from '../../lib/aws/event-definitions.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { segments } from '../../lib/aws/segments.ts';
import { watchList } from '../../lib/aws/watch-list.ts';
import { versions } from '../../lib/aws/versions.ts';
import { segmentIdBytes, segmentIdOf } from '../../lib/core/segment/id.ts';
import { checkTemplate } from '../../lib/core/template/check.ts';
import { variablesOf } from '../../lib/core/template/variables.ts';
import { readJourneyFiles } from '../../statemachines/files.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';

let engines: VaultEngines;
beforeAll(async () => { engines = await startVaultEngines(); });
afterAll(() => engines.stop());

const files = readJourneyFiles(join(import.meta.dirname, '../../statemachines/journeys'), { variables: variablesOf, check: checkTemplate });
if ('findings' in files) throw new Error('the shipped journeys have faults');
const properties = files.journeys.map(({ plan, version, templates }) => ({
  journey: plan.journey, version: String(version), plan: JSON.stringify(plan), templates: JSON.stringify(templates),
  segments: JSON.stringify(files.segments), events: JSON.stringify(files.events),
}));

const catalogue = () => segments(engines.runtime, engines.journeysTable);
const reviews: unknown[] = [];
const publishAll = () => {
  const publish = publishJourney({
    versions: versions(engines.runtime, engines.journeysTable), segments: catalogue(),
    states: journeyStates(engines.runtime, engines.journeysTable),
    watchList: watchList(engines.runtime, engines.journeysTable), clock: engines.runtime.clock,
    reviews: { send: (messages) => { reviews.push(...messages); return Promise.resolve(); } },
    events: eventDefinitions(engines.runtime, engines.journeysTable),
    newSegmentId: () => segmentIdOf(randomBytes(segmentIdBytes)),
  });
  return Promise.all(properties.map((one) => publish(PublishRequest.parse(one))));
};

test('journeys published side by side bring every segment once, each under an id', async () => {
  await publishAll();
  const found = await catalogue().all();
  expect(found).toHaveLength(files.segments.length);
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  for (const segment of files.segments) expect(found).toContainEqual(expect.objectContaining(segment));
});

test('every declared event is published, the last definition standing', async () => {
  await publishAll();
  const reader = eventDefinitions(engines.runtime, engines.journeysTable);
  expect(await reader.all()).toEqual(expect.arrayContaining([...files.events]));
  const moved = files.events.find(({ event }) => event === 'appointment.rescheduled');
  expect(await reader.find('appointment.rescheduled')).toEqual(moved);
  expect(await reader.find('nobody.knows')).toBeUndefined();
});

test('publishing twice keeps the ids', async () => {
  await publishAll();
  const first = await catalogue().all();
  await publishAll();
  expect(await catalogue().all()).toEqual(first);
});
