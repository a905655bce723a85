import { endedBy } from '../journey/waits.ts';
import type { Duration } from '../journey/duration.ts';
import type { Plan, StepOf } from '../journey/plan.ts';
import { resumeAt, stepOf } from '../journey/walk.ts';
import type { Instant } from '../time.ts';
import { dueOf } from '../window/due.ts';
import { isMomentRule, type MomentRule, momentOf, type WaitFacts } from '../window/moment.ts';
import { addDuration, hasDays } from '../window/span.ts';
import { type Enrolment, readVisit } from './enrolment.ts';

/** What a contact's data of now mean for a run that is parked at a wait. */
export type Reckoned =
  | { readonly kind: 'unchanged' }
  | {
    readonly kind: 'move'; readonly due: Instant; readonly resumeStep: string; readonly resumeOutcome: string;
    /** What the rule names now; undefined where it names none. */
    readonly moment?: Instant | undefined;
  }
  | { readonly kind: 'exit'; readonly ended: string };

const unchanged: Reckoned = { kind: 'unchanged' };

/** Moves the end of the wait; where the run goes on stays. */
const until = (due: Instant, { due: before, resumeStep, resumeOutcome }: Enrolment): Reckoned =>
  (due === before ? unchanged : { kind: 'move', due, resumeStep, resumeOutcome });

/** The days of a span are those of the contact's zone, from the arrival at the wait on. */
const spanAgain = (span: Duration, enrolment: Enrolment, { zone }: WaitFacts): Reckoned => {
  const visit = enrolment.visited[enrolment.step];
  if (visit === undefined || !hasDays(span)) return unchanged;
  return until(addDuration(readVisit(visit).at, span, zone), enrolment);
};

const momentAgain = (plan: Plan, rule: MomentRule, enrolment: Enrolment, facts: WaitFacts): Reckoned => {
  const moment = momentOf(rule, facts);
  if (enrolment.waitsOn === undefined || moment === enrolment.waitsOn.moment) return unchanged;
  const reckoning = dueOf(rule, facts);
  if (reckoning.kind !== 'at' && reckoning.then === 'exit') return { kind: 'exit', ended: endedBy[reckoning.kind] };
  const outcome = reckoning.kind !== 'at' && reckoning.then === 'skip' ? 'skipped' : 'passed';
  return {
    kind: 'move', moment, due: reckoning.kind === 'at' ? reckoning.due : facts.now,
    resumeStep: resumeAt(plan, enrolment.step, outcome), resumeOutcome: outcome,
  };
};

const waitAgain = (plan: Plan, step: StepOf<'wait'>, enrolment: Enrolment, facts: WaitFacts): Reckoned => {
  const rule = step.until;
  if (isMomentRule(rule)) return momentAgain(plan, rule, enrolment, facts);
  if (rule.rule === 'duration') return spanAgain(rule.duration, enrolment, facts);
  const isOver = enrolment.due === undefined || enrolment.due <= facts.now;
  const opening = dueOf(rule, facts);
  return rule.zone !== 'contact' || isOver || opening.kind !== 'at' ? unchanged : until(opening.due, enrolment);
};

/**
 * Reckons the end of a parked wait again, after a field, an attribute or the zone that it is read from changed. A value
 * that names the same moment as before changes nothing, also where that moment has just come.
 */
export const reckonAgain = (plan: Plan, enrolment: Enrolment, facts: WaitFacts): Reckoned => {
  // What a pause holds for an event, or at the entry, waits for nothing else.
  if (enrolment.status !== 'PARKED' || enrolment.held === 'event' || enrolment.held === 'entry') return unchanged;
  const step = stepOf(plan, enrolment.step);
  if (step.kind === 'wait') return waitAgain(plan, step, enrolment, facts);
  return step.kind === 'wait-for-event' ? spanAgain(step.within, enrolment, facts) : unchanged;
};
