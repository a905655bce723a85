import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import type { Scope } from './scope.ts';
import { task } from './task.ts';

/** Enters the contact into the other journey, then completes this run: one task, the last of the burst. */
export const compileHandOver = (step: StepOf<'hand-over'>, { version }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.handOver, undefined),
});
