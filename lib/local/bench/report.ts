import type { Cost } from '../report/cost.ts';
import { costOf } from '../report/cost.ts';
import type { MixName } from './behaviour.ts';
import type { Bundles } from './bundles.ts';
import type { ColdStart } from './cold.ts';
import type { CompileTime } from './compile.ts';
import type { DecisionRate } from './decisions.ts';
import type { Recompute } from './recompute.ts';
import { scheduleLine } from './schedules.ts';
import type { SendShare } from './send-share.ts';
import type { Scheduled, ScheduleLine } from './schedules.ts';
import { causedByContacts, invocationsPerContact, unitLines } from './units.ts';
import type { UnitLine } from './units.ts';
import type { Walk } from './walk.ts';

/** The reference journey as contacts of one behaviour walked it. */
export type WalkReport = {
  readonly mix: MixName;
  readonly contacts: number;
  readonly sends: number;
  readonly units: readonly UnitLine[];
  readonly invocations: readonly { readonly function: string; readonly perContact: number }[];
  readonly cost: Cost;
  readonly importSeconds: number;
  readonly walkSeconds: number;
  readonly processorSeconds: number;
  /** From enrolment to the end of the journey, without the import. */
  readonly contactsPerSecond: number;
  readonly peakMegabytes: Walk['peakMegabytes'];
};

export type HandlerReport = {
  readonly function: string;
  readonly bytes: number;
  readonly bareBytes: number;
  readonly milliseconds: number;
  /** Of a handler that holds the same SDK clients and does nothing. */
  readonly bareMilliseconds: number;
  readonly ratio: number;
  /** What weighs most in the bundle beside the SDK, at most three packages; `sendwell` is our own code. */
  readonly heaviest: readonly { readonly name: string; readonly bytes: number }[];
};

/** What `--json` prints. Times are in the unit of their name; no figure is a test. */
/** How a cohort fared in memory, on one core. */
export type SimulationRate = {
  readonly contacts: number;
  readonly messages: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  /** Of the whole process. */
  readonly peakMegabytes: number;
};

export type BenchReport = {
  readonly seed: number;
  readonly node: string;
  readonly walks: readonly WalkReport[];
  readonly schedules: readonly ScheduleLine[];
  /** With few contacts and with many. */
  readonly recompute: readonly Recompute[];
  readonly compile: readonly CompileTime[];
  readonly decisions: DecisionRate;
  readonly simulation: SimulationRate;
  readonly sendShare: SendShare;
  readonly handlers: readonly HandlerReport[];
};

export const walkReport = (walk: Walk): WalkReport => {
  const { mix, contacts, sends, importSeconds, walkSeconds, processorSeconds, peakMegabytes } = walk;
  const usage = causedByContacts(walk.usage, Object.entries(walk.idle).map(([name, idle]) => ({ name, idle })));
  return {
    mix, contacts, sends, units: unitLines(usage, walk), invocations: invocationsPerContact(usage, contacts),
    cost: costOf(usage, contacts), importSeconds, walkSeconds, processorSeconds, contactsPerSecond: contacts / walkSeconds, peakMegabytes,
  };
};

export const scheduleLines = (scheduled: readonly Scheduled[], { idle }: Walk): readonly ScheduleLine[] =>
  scheduled.flatMap((one) => {
    const usage = idle[one.function];
    return usage === undefined ? [] : [scheduleLine(one, usage)];
  });

const isSdk = (name: string): boolean => /^@(?:aws-sdk|aws|smithy|aws-crypto)\//u.test(name);

export const handlerReport = ({ name, handler, bare }: Bundles, { handlerMilliseconds, bareMilliseconds }: ColdStart): HandlerReport => ({
  function: name, bytes: handler.bytes, bareBytes: bare.bytes, milliseconds: handlerMilliseconds, bareMilliseconds,
  ratio: handlerMilliseconds / bareMilliseconds, heaviest: handler.packages.filter((one) => !isSdk(one.name)).slice(0, 3),
});
