import type { StepOf } from '../../lib/core/journey/plan.ts';
import { isOutcomeOnly } from '../../lib/core/journey/walk.ts';
import { readsOutcome } from '../../lib/core/segment/condition.ts';
import { type States, tasks } from '../asl.ts';
import { choice } from './choice.ts';
import type { Scope } from './scope.ts';
import { task } from './task.ts';

/** A branch on outcomes is decided by the machine; one that reads the contact by a function that returns a label. */
export const compileBranch = (step: StepOf<'branch'>, { version, stateOf }: Scope): States => {
  const otherwise = stateOf(step.otherwise);
  if (isOutcomeOnly(step)) {
    const ways = step.choices.flatMap(({ when, next }) =>
      (readsOutcome(when) ? [[when.outcome, stateOf(next)] as const] : []));
    return { [step.id]: choice('$.outcome', ways, otherwise) };
  }
  const ways = [
    ...step.choices.map(({ label, next }) => [label, stateOf(next)] as const),
    ...(step.missing === undefined ? [] : [['missing', stateOf(step.missing)] as const]),
  ];
  const decision = decisionState(step.id);
  return {
    [step.id]: task(version, step.id, tasks.choose, decision),
    [decision]: choice('$.outcome', ways, otherwise),
  };
};

/** The state that follows a function which returns a label. */
export const decisionState = (step: string): string => `${step}: which way?`;
