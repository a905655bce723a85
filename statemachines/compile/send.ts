import type { StepOf } from '../../lib/core/journey/plan.ts';
import { type States, tasks } from '../asl.ts';
import type { Scope } from './scope.ts';
import { task } from './task.ts';

/** Consent, caps, quiet hours, rendering and sending are one invocation: no gap opens between check and use. */
export const compileSend = (step: StepOf<'send'>, { version, stateBehind }: Scope): States => ({
  [step.id]: task(version, step.id, tasks.send, stateBehind(step)),
});
