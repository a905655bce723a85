import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import defaults from '../cdk.json' with { type: 'json' };
import { bundleFunction, functionNames } from '../lib/local/bench/bundles.ts';
import { measureColdStart } from '../lib/local/bench/cold.ts';
import { measureCompile } from '../lib/local/bench/compile.ts';
import { measureDecisions } from '../lib/local/bench/decisions.ts';
import { printBench } from '../lib/local/bench/print.ts';
import { firstMembers, measureRecompute } from '../lib/local/bench/recompute.ts';
import { handlerReport, scheduleLines, walkReport } from '../lib/local/bench/report.ts';
import type { BenchReport, HandlerReport } from '../lib/local/bench/report.ts';
import { readScheduled } from '../lib/local/bench/schedules.ts';
import { walkApart } from '../lib/local/bench/walk-apart.ts';
import { paintFor } from '../lib/local/report/paint.ts';
import { bundling } from '../lib/stacks/constructs/bundling.ts';
import { measureSimulation } from './simulate/measure.ts';
import { synthesize } from './synthesize.ts';

const help = `What the platform uses and how fast it is, measured on this machine.

  npm run bench [-- options]

  --contacts <n>   contacts that walk through the reference journey, 1 to 100000; default 1000
  --members <n>    contacts among whom one changes, beside a hundred of them, 100 to 1000000; default 100000
  --starts <n>     fresh processes for each handler, 1 to 1000; default 10
  --seed <n>       who answers and how follows from it; default 1
  --json           prints one JSON document
  --help           shows this
`;

const folder = resolve('.sendwell/bench');
const vectors = fileURLToPath(new URL('../test/fixtures/consent/vectors.jsonl', import.meta.url));
const compiledSteps = [10, 100, 1000];
const compileRuns = 9;
const simulatedContacts = 100_000;
const decisionMilliseconds = 1000;

const integer = (name: string, text: string | undefined, fallback: number, low: number, high: number): number => {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new RangeError(`--${name} takes a whole number from ${low} to ${high}`);
};

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const measureHandlers = async (starts: number): Promise<readonly HandlerReport[]> => {
  const organisation = JSON.stringify(defaults.context.organisation);
  const reports: HandlerReport[] = [];
  for (const name of functionNames()) {
    const bundles = await bundleFunction(name, folder, bundling);
    reports.push(handlerReport(bundles, await measureColdStart(bundles.handler.file, bundles.bare.file, { starts, organisation })));
  }
  return reports;
};

type Sizes = { readonly contacts: number; readonly members: number; readonly starts: number; readonly seed: number };

const measure = async ({ contacts, members, starts, seed }: Sizes): Promise<BenchReport> => {
  const assembly = resolve(folder, 'assembly');
  mkdirSync(folder, { recursive: true });
  say('synthesizing the app');
  await synthesize(assembly, defaults.context.organisation.linkBase);
  say(`walking ${contacts} contacts through the reference journey: half of them answer`);
  const mix = await walkApart({ assembly, contacts, seed, mix: 'mix' });
  say(`walking ${contacts} contacts through the reference journey: nobody answers`);
  const silent = await walkApart({ assembly, contacts, seed, mix: 'silent' });
  say(`changing one contact of ${firstMembers}, and one of ${members}`);
  const recompute = await measureRecompute({ assembly, members, seed });
  say('compiling journeys and deciding on consent');
  const compile = compiledSteps.map((steps) => measureCompile(steps, compileRuns));
  const decisions = measureDecisions(vectors, decisionMilliseconds);
  say(`simulating ${simulatedContacts} contacts through the reference journey`);
  const simulation = await measureSimulation(simulatedContacts);
  say('bundling and starting the handlers');
  return {
    seed, node: process.version, walks: [mix, silent].map(walkReport), schedules: scheduleLines(readScheduled(assembly), silent),
    recompute, compile, decisions, simulation, sendShare: mix.sendShare, handlers: await measureHandlers(starts),
  };
};

try {
  const { values } = parseArgs({ options: {
    contacts: { type: 'string' }, members: { type: 'string' }, starts: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' },
  } });
  if (values.help === true) process.stdout.write(help);
  else {
    const report = await measure({
      contacts: integer('contacts', values.contacts, 1000, 1, 100_000), members: integer('members', values.members, 100_000, firstMembers, 1_000_000),
      starts: integer('starts', values.starts, 10, 1, 1000), seed: integer('seed', values.seed, 1, 0, 2 ** 31),
    });
    process.stdout.write(values.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : printBench(report, paintFor(process.stdout, process.env)));
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
