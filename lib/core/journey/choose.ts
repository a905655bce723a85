import type { Name } from '../ids.ts';
import { evaluate } from '../segment/evaluate.ts';
import type { Facts } from '../segment/facts.ts';
import type { StepOf } from './plan.ts';

/**
 * The label that a branch comes to: that of the first choice that holds, `missing` where one before it could not be
 * decided, `otherwise` where none holds. A branch without a way for `missing` takes such a choice for one that does not
 * hold.
 */
export const chooseWay = (step: StepOf<'branch'>, facts: Facts): Name => {
  for (const { label, when } of step.choices) {
    const { result } = evaluate(when, facts);
    if (result === 'yes') return label;
    if (result === 'missing' && step.missing !== undefined) return 'missing';
  }
  return 'otherwise';
};
