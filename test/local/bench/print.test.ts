import { expect, test } from 'vitest';
import { printBench } from '../../../lib/local/bench/print.ts';
import type { BenchReport, WalkReport } from '../../../lib/local/bench/report.ts';
import { plain } from '../../../lib/local/report/paint.ts';

const walk: WalkReport = {
  mix: 'silent', contacts: 1000, sends: 3000,
  units: [{ unit: 'state transitions', perContact: 19, goal: 16 }, { unit: 'SES sends', perContact: 3, goal: null }],
  invocations: [{ function: 'send-message', perContact: 3 }],
  cost: {
    contacts: 1000, standardDollars: 775.4, expressDollars: 306.2,
    lines: [{ service: 'SES', unit: 'mails', used: 3000, perContact: 3, dollarsPerMillion: 300 }],
  },
  importSeconds: 4.25, walkSeconds: 40, processorSeconds: 38.5, contactsPerSecond: 25, peakMegabytes: { platform: 512.4, dynamo: null },
};
const report: BenchReport = {
  seed: 1, node: 'v24.1.0', walks: [walk],
  schedules: [{ function: 'sweep-due', everyMinutes: 1, readUnits: 18, writeUnits: 0, sqsRequests: 1, dollarsPerMinute: 0.0000035, dollarsPerMonth: 0.1512 }],
  recompute: [
    { members: 100, changes: 10, readUnits: 18.5, writeUnits: 8, invocations: 2, decrypts: 4, milliseconds: 23.4 },
    { members: 100_000, changes: 10, readUnits: 18.5, writeUnits: 8, invocations: 2, decrypts: 4, milliseconds: 23.8 },
  ],
  compile: [{ steps: 1000, milliseconds: 59.64 }],
  decisions: { cases: 40, perSecond: 12_079.9 },
  simulation: { contacts: 100_000, messages: 247_758, seconds: 8.74, processorSeconds: 6.8, peakMegabytes: 207.3 },
  sendShare: { sends: 20, sendMilliseconds: 8.04, decideMilliseconds: 0.0196, share: 0.00244 },
  handlers: [{
    function: 'sweep-due', bytes: 482_304, bareBytes: 360_448, milliseconds: 96.6, bareMilliseconds: 80.5, ratio: 1.2,
    heaviest: [{ name: 'zod', bytes: 96_256 }],
  }],
};

const lines = printBench(report, plain).split('\n').map((line) => line.trim().replaceAll(/ {2,}/gu, ' | '));

test.each([
  ['a unit stands beside its goal', 'state transitions | 19.00 | 16'],
  ['a unit without a goal stands alone', 'SES sends | 3.00'],
  ['invocations are told by function', 'send-message | 3.000'],
  ['a price is of a million contacts', 'SES | mails | $300'],
  ['the prices of both kinds of machine are added up', 'all, machines EXPRESS | $306'],
  ['a schedule has its price by the minute and by the month', 'sweep-due | 1 min | 18 | 0 | 1 | $0.0000035 | $0.15'],
  ['what a change takes stands there for few contacts', '100 | 18.5 | 8.0 | 2.0 | 4.0 | 23 ms'],
  ['what a change takes stands there for many contacts', '100,000 | 18.5 | 8.0 | 2.0 | 4.0 | 24 ms'],
  ['memory that the system does not tell is unknown', '1,000 | nobody answers | 4.3 s | 40.0 s | 38.5 s | 25.0 | 512 MiB | unknown'],
  ['a compile time is told by the number of steps', '1,000 | 59.6 ms'],
  ['decisions are told by the second', '12,080 consent decisions a second on one core, over 40 cases in turn.'],
  ['a simulation is told by its cohort', '100,000 contacts simulated through the reference journey in 8.7 s and 207 MiB (goal 30 s, 1,024 MiB for 100,000).'],
  ['the decision is told as a share of a send', 'Of a send, 8.0 ms here, the decision takes 0.020 ms or 0.24 %: validation included, median of 20 sends made one at a time.'],
  ['a handler stands beside the bare one', 'sweep-due | 471 KiB | 352 KiB | 97 ms | 81 ms | 1.20 | 1.3 | zod 94'],
])('%s', (_, line) => {
  expect(lines).toContain(line);
});
