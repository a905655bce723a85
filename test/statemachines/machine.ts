import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { type Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import type { Name } from '../../lib/core/ids.ts';
import type { Answer, Visit } from '../../lib/core/journey/direct.ts';
import type { Plan } from '../../lib/core/journey/plan.ts';
import { after, endBehind, passed, pastGoTos, resumeAt, stepOf } from '../../lib/core/journey/walk.ts';
import { compileJourney } from '../../statemachines/compile/journey.ts';

class TapeOver extends Error {}

/** Whether the nth task, counted from 0, is put off if it is a send. */
export type PutsOff = (nth: number) => boolean;

/** The go-tos that stand one after another from a step on, which no execution sees where it starts behind them. */
const goTosFrom = (plan: Plan, from: Name): readonly Name[] => {
  const ids: Name[] = [];
  for (let step = stepOf(plan, from); step.kind === 'go-to'; step = stepOf(plan, step.next)) ids.push(step.id);
  return ids;
};

/** Where a parked enrolment goes on before go-tos are passed: at a send that was put off, the send itself. */
const behindPark = (plan: Plan, parkedAt: Name, outcome: Name): Name =>
  (stepOf(plan, parkedAt).kind === 'send' ? parkedAt : after(plan, parkedAt, outcome) ?? parkedAt);

const entered = { contact: 'c_00000000000000000000000000', enrolment: 'e_00000000000000000000000000', seq: 0, leg: 0 };

/**
 * Walks a contact through the compiled machine of a plan in an interpreter of Amazon States Language, burst by burst:
 * tasks answer as told, and behind a wait, or at a send that was put off, a new execution starts where the plan says.
 */
export const runMachine = async (
  plan: Plan, answer: Answer, putsOff: PutsOff, limit: number,
): Promise<{ readonly visits: readonly Visit[]; readonly executions: number }> => {
  const machine = new StateMachine(compileJourney(plan, 1) as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const visits: Visit[] = [];
  let tasks = 0;
  let resume: { readonly parkedAt: Name; readonly outcome: Name } | undefined;

  const record = (ids: readonly Name[], outcome: Name) => {
    for (const step of ids) visits.push({ step, outcome });
    if (visits.length >= limit) throw new TapeOver();
  };

  const run = (input: TaskInput): Payload => {
    const { from, step: id, contact, enrolment, outcome: arriving, seq, leg } = TaskInput.parse(input);
    const step = stepOf(plan, id);
    const leaving = (outcome: Name): Payload => ({ contact, enrolment, step: id, outcome, seq, leg });
    const isPutOff = putsOff(tasks);
    tasks += 1;
    record(passed(plan, from, arriving, step.id), arriving);
    if (isPutOff && step.kind === 'send' && from !== step.id) {
      resume = { parkedAt: step.id, outcome: arriving };
      const over = new Error('BurstOver');
      over.name = 'BurstOver';
      throw over;
    }
    const outcome = answer(step, arriving);
    record([step.id], outcome);
    if (step.kind === 'wait' || step.kind === 'wait-for-event') {
      resume = { parkedAt: step.id, outcome };
      return leaving('parked');
    }
    const end = endBehind(plan, step);
    if (end !== undefined) record([...passed(plan, step.id, outcome, end.id), end.id], outcome);
    return leaving(outcome);
  };

  const handlers = Object.fromEntries(Object.keys(plan.steps).map((id) => [id, run]));
  const failing = { 'Fail enrolment': () => ({ ...entered, step: 'fail-enrolment', outcome: 'failed' }) };
  const start = async (at: Name, outcome: Name): Promise<void> => {
    resume = undefined;
    await machine.run({ ...entered, step: at, outcome }, {
      overrides: { taskResourceLocalHandlers: { ...handlers, ...failing } },
    }).result;
  };

  let executions = 0;
  let next: { readonly at: Name; readonly outcome: Name } | undefined = { at: pastGoTos(plan, plan.start), outcome: 'none' };
  try {
    record(goTosFrom(plan, plan.start), 'none');
    while (next !== undefined) {
      executions += 1;
      await start(next.at, next.outcome);
      const parked: typeof resume = resume;
      if (parked === undefined) break;
      const at = resumeAt(plan, parked.parkedAt, parked.outcome);
      record(goTosFrom(plan, behindPark(plan, parked.parkedAt, parked.outcome)), parked.outcome);
      next = { at, outcome: parked.outcome };
    }
  } catch (error) {
    if (visits.length < limit) throw error;
  }
  return { visits: visits.slice(0, limit), executions };
};
