import type { Name } from '../ids.ts';
import type { Plan, Step } from '../journey/plan.ts';
import { resumePoints } from '../journey/resume-points.ts';
import { resumeAt, stepOf } from '../journey/walk.ts';
import type { Instant } from '../time.ts';
import { dueOf } from '../window/due.ts';
import { plainFacts } from '../window/moment.ts';
import type { Enrolment, Waiter } from './enrolment.ts';
import { isActive, readVisit } from './enrolment.ts';
import type { Migration, StepMap } from './migration.ts';
import { landingOf } from './migration.ts';

/** Where a run stands in the new version; the other attributes of its row stay. */
export type Place = Pick<Enrolment, 'step' | 'resumeStep' | 'resumeOutcome' | 'visited'> & {
  readonly due: Instant; readonly waiters?: readonly Waiter[]; readonly waitsOn?: Enrolment['waitsOn'];
};

/** What a migration means for a run as its row stands. `again`: this very migration moved it before. */
export type Moving =
  | { readonly kind: 'move'; readonly place: Place } | { readonly kind: 'again'; readonly step: Name }
  | { readonly kind: 'unmapped' } | { readonly kind: 'under-way' } | { readonly kind: 'gone' };

export type MoveFacts = {
  readonly from: Plan;
  readonly to: Plan;
  readonly now: Instant;
  /** On the contact's record. */
  readonly zone: string | null;
  /** Of each event wait of the new version, by step. */
  readonly waiters: Readonly<Record<Name, readonly Waiter[]>>;
};

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

const later = (one: string, other: string | undefined): string =>
  (other === undefined || readVisit(one).at > readVisit(other).at ? one : other);

/**
 * Visits under their new names. A step that both versions have and the map does not name stays the same step; one that
 * the new version lacks keeps its name, by which the links in mail that is out already are known.
 */
export const carryVisits = (to: Plan, steps: StepMap, visited: Enrolment['visited']): Enrolment['visited'] => {
  const kept = Object.entries(visited).filter(([step]) => own(steps, step) === undefined || own(to.steps, step) === undefined);
  const carried = Object.fromEntries(kept);
  for (const [old, step] of Object.entries(steps)) {
    const visit = own(visited, old);
    if (visit !== undefined) carried[step] = later(visit, own(carried, step));
  }
  return carried;
};

/** A click, opening or bounce is known by the step whose mail it was, which had its old name when the mail was sent. */
const ofMailSent = (waiter: Waiter, steps: StepMap, visited: Enrolment['visited']): Waiter => {
  if (!('of' in waiter)) return waiter;
  const sent = Object.entries(steps).find(([old, step]) => step === waiter.of && own(visited, old) !== undefined);
  return sent === undefined ? waiter : { ...waiter, of: sent[0] };
};

/** Goes on at the step, as if it had come there behind its wait; what it visited under the old step's name is not a visit of this one. */
const resumed = (facts: MoveFacts, steps: StepMap, run: Enrolment, target: Step, due: Instant): Place => {
  const { [run.step]: _, ...visited } = run.visited;
  return { step: target.id, resumeStep: target.id, resumeOutcome: 'none', due, visited: carryVisits(facts.to, steps, visited) };
};

const waited = (facts: MoveFacts, steps: StepMap, run: Enrolment, target: Step, outcome: Name, due: Instant): Place => ({
  step: target.id, resumeStep: resumeAt(facts.to, target.id, outcome), resumeOutcome: outcome, due,
  visited: carryVisits(facts.to, steps, run.visited),
});

/** A run that was answered while its journey is paused: the same answer, where the new step knows it. */
const answered = (facts: MoveFacts, steps: StepMap, run: Enrolment, target: Step, due: Instant): Place | undefined => {
  const knows = target.kind === 'wait-for-event' && target.events.some(({ label }) => label === run.resumeOutcome);
  return knows ? waited(facts, steps, run, target, run.resumeOutcome, due) : undefined;
};

const placeOf = (facts: MoveFacts, steps: StepMap, run: Enrolment, target: Step, due: Instant): Place | undefined => {
  const stands = stepOf(facts.from, run.step);
  // Who has not set out from a step goes on at its like: an entry that is held, a send that was put off.
  if (run.resumeOutcome === 'none') {
    return resumePoints(facts.to).includes(target.id) ? resumed(facts, steps, run, target, due) : undefined;
  }
  const landing = landingOf(stands, facts.to, target);
  if (run.held === 'event' && landing !== 'resume') return answered(facts, steps, run, target, due);
  switch (landing) {
    case 'keep': return {
      ...waited(facts, steps, run, target, run.resumeOutcome, due), ...(run.waitsOn === undefined ? {} : { waitsOn: run.waitsOn }),
    };
    case 'reckon': {
      const opening = target.kind === 'wait' ? dueOf(target.until, plainFacts(facts.now, facts.zone)) : undefined;
      return waited(facts, steps, run, target, 'passed', run.held === undefined && opening?.kind === 'at' ? opening.due : due);
    }
    case 'await': {
      const waiters = (own(facts.waiters, target.id) ?? []).map((waiter) => ofMailSent(waiter, steps, run.visited));
      return { ...waited(facts, steps, run, target, 'timeout', due), waiters };
    }
    case 'resume': return resumed(facts, steps, run, target, run.held === undefined ? facts.now : due);
    case undefined: return undefined;
  }
};

/** Where a migration puts a run. Only who waits is moved; who is in a burst is asked again later. */
export const moveOf = (migration: Pick<Migration, 'id' | 'from' | 'steps'>, run: Enrolment, facts: MoveFacts): Moving => {
  const before = run.migrations?.find(({ id }) => id === migration.id);
  if (before !== undefined) return { kind: 'again', step: before.step };
  if (run.version !== migration.from || !isActive(run.status)) return { kind: 'gone' };
  if (run.status !== 'PARKED' || run.due === undefined) return { kind: 'under-way' };
  const name = own(migration.steps, run.step);
  const target = name === undefined ? undefined : own(facts.to.steps, name);
  const place = target === undefined ? undefined : placeOf(facts, migration.steps, run, target, run.due);
  return place === undefined ? { kind: 'unmapped' } : { kind: 'move', place };
};
