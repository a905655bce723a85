import * as z from 'zod';
import { Name } from '../ids.ts';
import type { Plan, Step } from '../journey/plan.ts';
import { resumePoints } from '../journey/resume-points.ts';
import { Instant } from '../time.ts';

/** From steps of one version to steps of another of the same journey. */
export const StepMap = z.record(Name, Name);
export type StepMap = z.infer<typeof StepMap>;

export const MigrationId = z.string().regex(/^m_[0-9a-hjkmnp-tv-z]{26}$/u);

/** The wish to move those who wait in one version of a journey to another one; `dryRun` counts and moves nobody. */
export const Migration = z.object({
  id: MigrationId,
  journey: Name,
  from: z.int().min(1),
  to: z.int().min(1),
  steps: StepMap,
  dryRun: z.boolean(),
  at: Instant,
  /** The ARN that signed the request. */
  by: z.string(),
});
export type Migration = z.infer<typeof Migration>;

/**
 * How a run that is parked at one step comes to stand at another: `keep`, the wait goes on until its present end;
 * `reckon`, the end of a window is reckoned anew; `await`, the events of the new version are waited for until the
 * present end; `resume`, the run goes on at the step. Undefined where it cannot stand there.
 */
export type Landing = 'keep' | 'reckon' | 'await' | 'resume';

const isSameRule = (one: Step, other: Step): boolean =>
  one.kind === 'wait' && other.kind === 'wait' && JSON.stringify(one.until) === JSON.stringify(other.until);

const isRule = (step: Step, rule: 'duration' | 'window'): boolean => step.kind === 'wait' && step.until.rule === rule;

export const landingOf = (from: Step, to: Plan, target: Step): Landing | undefined => {
  if (isSameRule(from, target) || (isRule(from, 'duration') && isRule(target, 'duration'))) return 'keep';
  if (isRule(from, 'window') && isRule(target, 'window')) return 'reckon';
  if (from.kind === 'wait-for-event' && target.kind === 'wait-for-event') return 'await';
  return resumePoints(to).includes(target.id) ? 'resume' : undefined;
};

const parks = (step: Step): boolean => step.kind === 'wait' || step.kind === 'wait-for-event' || step.kind === 'send';

const faultOf = (from: Plan, to: Plan, old: Name, target: Name): string | undefined => {
  const [step, landing] = [from.steps[old], to.steps[target]];
  if (step === undefined) return `steps.${old}: not a step of the old version`;
  if (landing === undefined) return `steps.${old}: ${target} is not a step of the new version`;
  // Of a step at which nobody waits only the visits carry over.
  if (!parks(step) || landingOf(step, to, landing) !== undefined) return undefined;
  return `steps.${old}: nobody can stand at ${target}: it is no wait of the same kind, and no run goes on there after a wait`;
};

/** What keeps a step map from being followed, in the order of its steps. */
export const faultsOf = (from: Plan, to: Plan, steps: StepMap): readonly string[] =>
  Object.entries(steps).flatMap(([old, target]) => faultOf(from, to, old, target) ?? []);

/** How many stand at a step, and what becomes of them. */
export const StepTally = z.object({ found: z.int(), moved: z.int(), unmapped: z.int() });

/** What a page of runs came to. `underWay`: in a burst, tried again; `gone`: ended, or moved meanwhile, before their turn. */
export const Tally = z.object({ steps: z.record(Name, StepTally), underWay: z.int(), gone: z.int() });
export type Tally = z.infer<typeof Tally>;

export type Fared =
  | { readonly kind: 'moved' | 'unmapped'; readonly step: Name } | { readonly kind: 'under-way' } | { readonly kind: 'gone' };

/** A step of a journey may be called as a property of every object is. */
const own = (steps: Tally['steps'], step: Name) => (Object.hasOwn(steps, step) ? steps[step] : undefined) ?? { found: 0, moved: 0, unmapped: 0 };

export const emptyTally: Tally = { steps: {}, underWay: 0, gone: 0 };

export const tallyOf = (all: readonly Fared[]): Tally => all.reduce<Tally>((tally, fared) => {
  if (fared.kind === 'under-way') return { ...tally, underWay: tally.underWay + 1 };
  if (fared.kind === 'gone') return { ...tally, gone: tally.gone + 1 };
  const step = own(tally.steps, fared.step);
  const counted = { ...step, found: step.found + 1, [fared.kind]: step[fared.kind] + 1 };
  return { ...tally, steps: { ...tally.steps, [fared.step]: counted } };
}, emptyTally);

export const addTallies = (tallies: readonly Tally[]): Tally => tallies.reduce<Tally>((sum, { steps, underWay, gone }) => ({
  steps: Object.entries(steps).reduce((merged, [step, more]) => {
    const before = own(merged, step);
    const total = { found: before.found + more.found, moved: before.moved + more.moved, unmapped: before.unmapped + more.unmapped };
    return { ...merged, [step]: total };
  }, sum.steps),
  underWay: sum.underWay + underWay,
  gone: sum.gone + gone,
}), emptyTally);

/** A page of the runs that were found, worked off; `isPending` while somebody in it is asked again. */
export type KeptTally = {
  readonly partition: number; readonly number: number; readonly tally: Tally; readonly isLast: boolean; readonly isPending: boolean;
};

/** Whether every page of every partition is worked off. */
export const isDone = (kept: readonly KeptTally[], partitions: number): boolean => {
  const complete = Array.from({ length: partitions }, (_, partition) => {
    const pages = kept.filter((page) => page.partition === partition);
    const last = pages.find(({ isLast }) => isLast);
    return last !== undefined && new Set(pages.map(({ number }) => number)).size === last.number + 1;
  });
  return complete.every(Boolean) && kept.every(({ isPending }) => !isPending);
};
