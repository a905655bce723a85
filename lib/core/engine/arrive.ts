import { BurstOver } from '../errors.ts';
import type { Plan } from '../journey/plan.ts';
import { passed, stepOf } from '../journey/walk.ts';
import type { Clock } from '../ports.ts';
import type { AlongWith, EnrolmentStore } from './enrolment-store.ts';
import type { Enrolment } from './enrolment.ts';
import { readVisit, writeVisit } from './enrolment.ts';
import type { Payload, TaskInput } from './payload.ts';
import { visitAgain } from './visit.ts';

export type ArrivePorts = { readonly enrolments: Pick<EnrolmentStore, 'arrive' | 'close'>; readonly clock: Clock };

/** The payload that goes on from a Task: same enrolment, now at the Task's step. */
export const goOn = (input: TaskInput, change: Partial<Pick<Payload, 'outcome' | 'seq' | 'leg'>> = {}): Payload => ({
  contact: input.contact,
  enrolment: input.enrolment,
  step: input.step,
  outcome: change.outcome ?? input.outcome,
  seq: change.seq ?? input.seq,
  leg: change.leg ?? input.leg,
});

/**
 * Puts the enrolment at a Task's step, in one write that is also the fence: a burst whose claim has passed on, and an
 * enrolment that ended meanwhile, throw {@link BurstOver}. A Task that is repeated after a crash arrives again without
 * counting twice; where an earlier burst of the same leg came by and went on, the row that is given is still running,
 * whatever the Task asked for: it goes on too. A step visited as often as it may be ends the run as complete: a loop never holds anybody.
 */
export const arrive = async (
  { enrolments, clock }: ArrivePorts, plan: Plan, input: TaskInput, change: AlongWith = { kind: 'stay' },
): Promise<Enrolment> => {
  const step = stepOf(plan, input.step);
  const at = clock.now();
  // A go-to is no place: nobody stands there, and no report counts who was led by it, in a burst or behind a wait.
  const places = passed(plan, input.from, input.outcome, step.id).filter((id) => stepOf(plan, id).kind !== 'go-to');
  const base = { seq: input.seq, step: step.id, passed: places };
  const first = await enrolments.arrive(
    input, { ...base, visit: writeVisit({ leg: input.leg, count: 1, at }), after: undefined }, change,
  );
  if (first.done) return first.row;
  const { row } = first;
  const before = row?.visited[step.id];
  if (row === undefined || row.seq !== input.seq || before === undefined) throw new BurstOver();
  const visit = readVisit(before);
  if (row.status !== 'RUNNING') {
    // This very Task parked or closed the enrolment, then was repeated before its answer was seen.
    if (row.step === step.id && visit.leg === input.leg) return row;
    throw new BurstOver();
  }
  const again = visitAgain(step, before, input.leg, at);
  if (again === undefined) {
    await enrolments.close(input, input.seq, { status: 'COMPLETED', ended: 'loop', at });
    throw new BurstOver();
  }
  // An earlier burst of this leg went on from here: what it did is kept, and nothing is parked or closed now.
  const along = visit.leg === input.leg && change.kind !== 'go-on' ? { kind: 'stay' } as const : change;
  const second = await enrolments.arrive(input, { ...base, visit: again, after: before }, along);
  if (!second.done) throw new BurstOver();
  return second.row;
};
