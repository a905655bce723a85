import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import { decisionState } from './branch.ts';
import { choice } from './choice.ts';
import type { Scope } from './scope.ts';
import { own, task } from './task.ts';

/** A function returns the label of the contact's arm. A label that no arm has fails the enrolment. */
export const compileSplit = (step: StepOf<'split'>, { version, stateOf }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.choose, decisionState(step.id)),
  [decisionState(step.id)]: choice('$.outcome', step.arms.map(({ label, next }) => [label, stateOf(next)]), own.failEnrolment),
});
