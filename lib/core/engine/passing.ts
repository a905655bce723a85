import type { Plan } from '../journey/plan.ts';
import type { Condition } from '../segment/condition.ts';
import { evaluate } from '../segment/evaluate.ts';
import type { Facts } from '../segment/facts.ts';
import { awaitedBy } from './answer.ts';
import type { Enrolment, Waiter } from './enrolment.ts';

export type Asked = { readonly waiter: Waiter; readonly when: Condition };

/** The conditions that a run waits for. They stand in the plan alone. */
export const conditionsAwaited = (plan: Plan, run: Enrolment): readonly Asked[] =>
  (run.waiters ?? []).flatMap((waiter) => {
    const on = waiter.type === 'passes' ? awaitedBy(plan, run, waiter) : undefined;
    return on?.type === 'passes' ? [{ waiter, when: on.when }] : [];
  });

/** The first of the conditions that a run waits for, in the author's order, that holds. What is missing does not hold. */
export const passedBy = (plan: Plan, run: Enrolment, facts: Facts): Waiter | undefined =>
  conditionsAwaited(plan, run).find(({ when }) => evaluate(when, { ...facts, run }).result === 'yes')?.waiter;
