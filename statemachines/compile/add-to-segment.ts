import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import type { Scope } from './scope.ts';
import { task } from './task.ts';

export const compileAddToSegment = (step: StepOf<'add-to-segment'>, { version, stateBehind }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.addToSegment, stateBehind(step)),
});
