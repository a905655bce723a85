import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import { choice } from './choice.ts';
import type { Scope } from './scope.ts';
import { own, task } from './task.ts';

/**
 * Parks the enrolment, which ends the burst, or goes on in it where the moment has come already: past the send that
 * follows, where the author wants it skipped.
 */
export const compileWait = (step: StepOf<'wait'>, { version, stateOf }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.park, parkedState(step.id)),
  [parkedState(step.id)]: choice('$.outcome', [
    ['parked', own.parked],
    ...(step.skipTo === undefined ? [] : [['skipped', stateOf(step.skipTo)] as const]),
  ], stateOf(step.next)),
});

export const parkedState = (step: string): string => `${step}: parked?`;
