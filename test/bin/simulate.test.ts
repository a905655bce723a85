import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Simulation } from '../../bin/simulate/walk.ts';
import { tool } from './tool.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));
const start = ['--start', '2026-11-02T09:00:00-05:00'] as const;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sendwell-simulate-'));
  cpSync(shipped, join(root, 'journeys'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const enrollment = (): string => join(root, 'journeys/health-plan-enrollment');

const written = (name: string, value: unknown): string => {
  const file = join(root, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
};

const ann = {
  source: 'ehr/ann', relationship: 'plan_member', state: 'OH', timeZone: 'America/New_York', birthDate: '1979-04-12', email: 'ann@example.test',
  fields: { firstName: 'Ann', planYear: 2026 },
};

const simulate = async (...args: readonly string[]): Promise<Simulation> => {
  const { out, err } = await tool('simulate', enrollment(), ...start, '--json', ...args);
  expect(err).toBe('');
  return JSON.parse(out) as Simulation;
};

test('a made-up cohort walks where none is given', async () => {
  expect((await simulate()).summary.contacts).toBe(100);
});

test('a contact is told one by one, in the zone of the reader', async () => {
  const { status, out } = await tool('simulate', enrollment(), ...start, '--cohort', written('cohort.json', [ann]));
  expect(status).toBe(0);
  expect(out).toContain('Mon 02 Nov 2026 09:00  invite         gets invitation');
  expect(out).toContain('Thu 12 Nov 2026 12:00  follow-up      gets follow-up');
});

test('what happens to a contact is taken into account', async () => {
  const logsIn = { ...ann, happens: [{ at: '2026-11-03T09:30:00-05:00', event: 'portal.login' }] };
  const { courses } = await simulate('--cohort', written('cohort.json', { contacts: [logsIn] }));
  expect(courses[0]?.end).toMatchObject({ ended: 'enrolled', at: '2026-11-03T14:30:00.000Z' });
});

test('a behaviour makes a share of the cohort answer', async () => {
  const behaviour = written('behaviour.json', { reactions: [{ to: 'invite', click: 'webinar', share: 50 }] });
  const { summary } = await simulate('--behaviour', behaviour, '--contacts', '1000');
  expect(summary.ends['completed/webinar']).toBeGreaterThan(400);
});

test('another version is held against it: who would get something at another time, and why', async () => {
  cpSync(join(enrollment(), 'v1'), join(enrollment(), 'v2'), { recursive: true });
  const file = join(enrollment(), 'v2/journey.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('wait: 3 days', 'wait: 5 days'));
  const { status, out } = await tool(
    'simulate', join(enrollment(), 'v1'), ...start, '--cohort', written('cohort.json', [ann]), '--against', join(enrollment(), 'v2'), '--show', '1',
  );
  expect(status).toBe(0);
  expect(out).toContain('Under v2 1 contact of 1 would get something different: 0 more, 0 fewer, 1 at another time.');
  expect(out).toContain('reminder at Tue 17 Nov 2026 12:00, not Sun 15 Nov 2026 12:00');
});

test('a contact that cannot be read is refused with row and path, and nobody walks', async () => {
  const { status, out } = await tool('simulate', enrollment(), ...start, '--json', '--cohort', written('cohort.json', [ann, { ...ann, email: 'none' }]));
  expect([status, JSON.parse(out)]).toEqual([1, { refused: [{ row: 2, code: 'email.invalid', path: 'email' }] }]);
});

test('a start that is no instant is wrong usage', async () => {
  expect(await tool('simulate', enrollment(), '--start', 'tomorrow')).toMatchObject({ status: 2, err: expect.stringContaining('--start takes an instant') });
});
