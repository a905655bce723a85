import type { Name } from '../ids.ts';
import type { Plan, Step } from './plan.ts';
import { after, isTask, stepOf } from './walk.ts';

/** What a step that calls a function comes to: its outcome, given the outcome it was reached with. */
export type Answer = (step: Step, arriving: Name) => Name;

/** A visit of a contact, with the outcome that the step was left with. */
export type Visit = { readonly step: Name; readonly outcome: Name };

/**
 * What a plan means, without parks, executions or retries: the steps that a contact visits from the start on, until the
 * journey ends or `limit` visits are made. Compiled machines visit the same steps.
 */
export const follow = (plan: Plan, answer: Answer, limit: number): readonly Visit[] => {
  const visits: Visit[] = [];
  let outcome: Name = 'none';
  for (let id: Name | undefined = plan.start; id !== undefined && visits.length < limit; id = after(plan, id, outcome)) {
    const step = stepOf(plan, id);
    if (isTask(step)) outcome = answer(step, outcome);
    visits.push({ step: id, outcome });
  }
  return visits;
};
