import { SendwellError } from '../errors.ts';
import type { Name } from '../ids.ts';
import { readsOutcome } from '../segment/condition.ts';
import type { Plan, Step, StepOf } from './plan.ts';

/**
 * How a contact goes from step to step. Machines, handlers and reports follow these same functions: go-tos have no
 * state in a machine, and branches on outcomes have one that calls no function, so their visits are told from here.
 */

/** Throws `internal` for an id that the plan lacks. */
export const stepOf = (plan: Plan, id: Name): Step => {
  const step = Object.hasOwn(plan.steps, id) ? plan.steps[id] : undefined;
  if (step === undefined) throw new SendwellError('internal', { journey: plan.journey, step: id });
  return step;
};

/** Whether a branch needs no more than the outcome, which workflow state holds; others are tasks that read the contact. */
export const isOutcomeOnly = (step: StepOf<'branch'>): boolean => step.choices.every(({ when }) => readsOutcome(when));

/** Whether a step calls a function. */
export const isTask = (step: Step): boolean =>
  step.kind !== 'go-to' && !(step.kind === 'branch' && isOutcomeOnly(step));

/** The first step from `id` on that is no go-to: where a go-to, or a chain of them, leads. */
export const pastGoTos = (plan: Plan, id: Name): Name => {
  let step = stepOf(plan, id);
  while (step.kind === 'go-to') step = stepOf(plan, step.next);
  return step.id;
};

/**
 * The end that a send or an addition to a segment leads to with nothing in between but go-tos. The function of the step ends
 * the run there itself, since one more state and call for it would be paid by every contact.
 */
export const endBehind = (plan: Plan, step: Step): StepOf<'end'> | undefined => {
  if (step.kind !== 'send' && step.kind !== 'add-to-segment') return undefined;
  const next = stepOf(plan, pastGoTos(plan, step.next));
  return next.kind === 'end' ? next : undefined;
};

const afterEvent = (step: StepOf<'wait-for-event'>, outcome: Name): Name | undefined =>
  (outcome === 'timeout' ? step.timeout : step.events.find(({ label }) => label === outcome)?.next);

const afterSplit = (step: StepOf<'split'>, outcome: Name): Name | undefined =>
  step.arms.find(({ label }) => label === outcome)?.next;

const afterBranch = (step: StepOf<'branch'>, outcome: Name): Name => {
  const chosen = isOutcomeOnly(step)
    ? step.choices.find(({ when }) => readsOutcome(when) && when.outcome === outcome)
    : step.choices.find(({ label }) => label === outcome);
  return chosen?.next ?? (outcome === 'missing' ? step.missing : undefined) ?? step.otherwise;
};

/**
 * The step that follows a step left with an outcome: `skipped` or another for a wait that may skip a send, a label or
 * `timeout` for an event wait, a label, `missing` or `otherwise` for a branch that reads the contact, a label for a split,
 * the outcome of an earlier step for a branch on outcomes; other steps lead one way whatever it is.
 * Undefined after an end. Throws `internal` for an outcome that an event wait or a split does not have.
 */
export const after = (plan: Plan, id: Name, outcome: Name): Name | undefined => {
  const step = stepOf(plan, id);
  if (step.kind === 'end' || step.kind === 'hand-over') return undefined;
  if (step.kind === 'branch') return afterBranch(step, outcome);
  if (step.kind === 'wait' && outcome === 'skipped' && step.skipTo !== undefined) return step.skipTo;
  if (step.kind !== 'wait-for-event' && step.kind !== 'split') return step.next;
  const next = step.kind === 'split' ? afterSplit(step, outcome) : afterEvent(step, outcome);
  if (next === undefined) throw new SendwellError('internal', { journey: plan.journey, step: id, outcome });
  return next;
};

const afterPark = (plan: Plan, id: Name, outcome: Name): Name => {
  const next = stepOf(plan, id).kind === 'send' ? id : after(plan, id, outcome);
  if (next === undefined) throw new SendwellError('internal', { journey: plan.journey, step: id, outcome });
  return next;
};

/**
 * The step at which an enrolment that is parked at `id` goes on: after a wait, where its outcome (`passed`, `skipped`,
 * `timeout` or a label) leads, past go-tos; at a send, the send itself, which was put off by quiet hours.
 */
export const resumeAt = (plan: Plan, id: Name, outcome: Name): Name => pastGoTos(plan, afterPark(plan, id, outcome));

/**
 * The steps without a function that a contact passes inside a burst on the way from step `from`, left with `outcome`, to
 * the task `to`, both of them left out. An execution that starts at a branch on outcomes has that branch as `from`, and
 * it counts as passed. A task that an execution starts at has itself as `from` and passes none: no way round leads from a
 * task to itself inside a burst.
 */
export const passed = (plan: Plan, from: Name, outcome: Name, to: Name): readonly Name[] => {
  if (from === to) return [];
  const ids: Name[] = isTask(stepOf(plan, from)) ? [] : [from];
  for (let id = after(plan, from, outcome); id !== undefined && id !== to; id = after(plan, id, outcome)) {
    if (isTask(stepOf(plan, id))) throw new SendwellError('internal', { journey: plan.journey, step: to, from });
    ids.push(id);
  }
  return ids;
};
