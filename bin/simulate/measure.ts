import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import defaults from '../../cdk.json' with { type: 'json' };
import { Organisation } from '../../lib/core/organisation.ts';
import { Behaviour } from '../../lib/core/simulate/behaviour.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { parseInstant } from '../../lib/core/offset-instant.ts';
import type { SimulationRate } from '../../lib/local/bench/report.ts';
import { newestIn } from '../journeys/layout.ts';
import { cohortIn } from './cohort.ts';
import { simulateCohort } from './walk.ts';

const journey = fileURLToPath(new URL('../../statemachines/journeys/health-plan-enrollment', import.meta.url));
const start = parseInstant('2026-11-02T14:00:00Z');

/** Half answer, as in the walk that the bench measures. */
const behaviour = Behaviour.parse({ reactions: [
  { to: 'invite', click: 'webinar', share: 15 }, { to: 'invite', event: 'portal.login', share: 15 },
  { to: 'invite', click: 'more-information', share: 15 }, { to: 'invite', click: 'enroll', share: 5 },
] });

const simulateHere = async (contacts: number): Promise<SimulationRate> => {
  const version = newestIn(journey);
  if ('findings' in version) throw new Error('the reference journey has faults');
  const cohort = cohortIn(undefined, { start, segments: version.segments, contacts });
  if ('faults' in cohort) throw new Error('the made-up cohort has faults');
  const began = performance.now();
  const { cpuUsage } = process;
  const before = cpuUsage();
  const world = { organisation: Organisation.parse(defaults.context.organisation), behaviour, until: addSeconds(start, 365 * 86_400) };
  const { summary } = await simulateCohort({ world, version, against: undefined, cohort, shown: 0, progress: () => undefined });
  const { user, system } = cpuUsage(before);
  return {
    contacts: summary.contacts, messages: summary.sent, seconds: (performance.now() - began) / 1000,
    processorSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
};

/** Simulates the reference journey in a fresh process: its memory is that of the simulation and nothing else. */
export const measureSimulation = (contacts: number): Promise<SimulationRate> => new Promise((resolve, reject) => {
  const child = fork(fileURLToPath(import.meta.url), [String(contacts)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.once('message', (rate: SimulationRate) => resolve(rate));
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`the simulation ended early, by status ${code ?? 'none'}`)));
});

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.send(await simulateHere(Number(process.argv[2])), () => process.disconnect());
}
