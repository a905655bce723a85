import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import { choice } from './choice.ts';
import type { Scope } from './scope.ts';
import { own, task } from './task.ts';
import { parkedState } from './wait.ts';

/**
 * Parks the enrolment until an event or the timeout, or goes on in the same burst where an event is in already. An
 * outcome that the step does not have fails the enrolment.
 */
export const compileWaitForEvent = (step: StepOf<'wait-for-event'>, { version, stateOf }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.park, parkedState(step.id)),
  [parkedState(step.id)]: choice('$.outcome', [
    ['parked', own.parked],
    ...step.events.map(({ label, next }) => [label, stateOf(next)] as const),
    ['timeout', stateOf(step.timeout)],
  ], own.failEnrolment),
});
