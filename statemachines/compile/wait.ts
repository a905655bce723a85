import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import type { Scope } from './scope.ts';
import { task } from './task.ts';

/**
 * A wait, for a moment or for an event, ends its burst: it parks the enrolment, and what ends the wait begins the next
 * burst behind it. Where the wait is over already the function begins that burst at once.
 */
export const compileWait = (step: StepOf<'wait' | 'wait-for-event'>, { version }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.park, undefined),
});
