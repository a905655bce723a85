import type { Plan, StepOf } from '../journey/plan.ts';
import { endBehind, stepOf } from '../journey/walk.ts';
import type { ArrivePorts } from './arrive.ts';
import { arrive, goOn } from './arrive.ts';
import type { Enrolment } from './enrolment.ts';
import type { Payload, TaskInput } from './payload.ts';

/** Completes the run at an `end` step, which `input` names. */
export const endRun = (ports: ArrivePorts, plan: Plan, input: TaskInput, { outcome }: StepOf<'end'>): Promise<Enrolment> =>
  arrive(ports, plan, input, { kind: 'close', status: 'COMPLETED', ended: outcome, at: ports.clock.now() });

/** The payload that goes on from a Task which has done its work; where nothing but the end is behind it, the run is ended too. */
export const goOnOrEnd = async (ports: ArrivePorts, plan: Plan, input: TaskInput, outcome = input.outcome): Promise<Payload> => {
  const end = endBehind(plan, stepOf(plan, input.step));
  if (end !== undefined) await endRun(ports, plan, { ...input, from: input.step, step: end.id, outcome }, end);
  return goOn(input, { outcome });
};
