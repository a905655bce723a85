import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { journeysOf } from '../../lib/stacks/shipped.ts';

const root = mkdtempSync(join(tmpdir(), 'sendwell-journeys-'));
afterAll(() => rmSync(root, { recursive: true }));

test('the journeys that ship with the app are compiled', () => {
  const shipped = journeysOf(join(import.meta.dirname, '../../statemachines/journeys'));
  expect(shipped.versions.map(({ journey, version }) => `${journey}-v${version}`)).toEqual([
    'appointment-reminder-v1', 'authorization-renewal-v1', 'diabetes-program-v1', 'health-plan-enrollment-v1', 'healthy-habits-basics-v1',
    'healthy-habits-next-v1', 'new-member-onboarding-v1', 'preventive-care-birthday-v1', 're-engagement-v1',
  ]);
});

test('a journey with a fault stops the synthesis with file, place and code', () => {
  mkdirSync(join(root, 'faulty/v1/templates'), { recursive: true });
  writeFileSync(join(root, 'segments.yaml'), '[]\n');
  writeFileSync(join(root, 'faulty/v1/journey.yaml'), 'journey: [\n');
  expect(() => journeysOf(root)).toThrow(/^faulty\/v1\/journey\.yaml:2:1 journey\.invalid-yaml/u);
});
