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
  draw: { summary: 'a picture of a journey', load: () => import('./draw.ts') },
  diff: { summary: 'what changes from one version of a journey to another, in words', load: () => import('./diff.ts') },
  preview: { summary: 'a message as a contact would get it, without sending', load: () => import('./preview.ts') },
  journeys: { summary: 'the journeys that were published', load: () => import('./journeys.ts') },
  enrol: { summary: 'enters contacts into a journey', load: () => import('./enrol.ts') },
  report: { summary: 'who stands where in a journey, what was sent, and what became of it', load: () => import('./report.ts') },
  timeline: { summary: 'what happened to one contact', load: () => import('./timeline.ts') },
  segment: { summary: 'who is in a segment', load: () => import('./segment.ts') },
  simulate: { summary: 'what a cohort would get and when, without sending', load: () => import('./simulate.ts') },
  publish: { summary: 'opens a draft, or a retired journey, to entries', load: () => import('./publish.ts') },
  pause: { summary: 'holds a journey, and loses nobody', load: () => import('./pause.ts') },
  resume: { summary: 'lets a paused journey go on, by a rule for whoever is overdue', load: () => import('./resume.ts') },
  retire: { summary: 'takes no new entries; runs go on to their end', load: () => import('./retire.ts') },
  migrate: { summary: 'moves those who wait from one version to another', load: () => import('./migrate.ts') },
  'delete-version': { summary: 'closes an empty version for good', load: () => import('./delete-version.ts') },
  why: { summary: 'why a message was sent to a person, or was not', load: () => import('./why.ts') },
  'verify-receipts': { summary: 'whether the chain of receipts is whole', load: () => import('./verify-receipts.ts') },
};
