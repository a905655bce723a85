import type { Command } from './command.ts';

type Row = {
  /** What it does, in a line. */
  readonly summary: string;
  /** Commands are loaded when they are run: some bring much with them. */
  readonly load: () => Promise<{ readonly command: Command }>;
};

/** Every command by its name, in the order of the help. */
export const commands: Readonly<Record<string, Row>> = {
  validate: { summary: 'every fault of journeys, with line and column', load: () => import('./validate.ts') },
  compile: { summary: 'the state machine of a journey', load: () => import('./compile.ts') },
  diff: { summary: 'what changes from one version of a journey to another, in words', load: () => import('./diff.ts') },
  journeys: { summary: 'the journeys that were published', load: () => import('./journeys.ts') },
  enrol: { summary: 'enters contacts into a journey', load: () => import('./enrol.ts') },
  report: { summary: 'who stands where in a journey, what was sent, and what became of it', load: () => import('./report.ts') },
  timeline: { summary: 'what happened to one contact', load: () => import('./timeline.ts') },
  simulate: { summary: 'what a cohort would get and when, without sending', load: () => import('./simulate.ts') },
  why: { summary: 'why a message was sent to a person, or was not', load: () => import('./why.ts') },
  'verify-receipts': { summary: 'whether the chain of receipts is whole', load: () => import('./verify-receipts.ts') },
};
