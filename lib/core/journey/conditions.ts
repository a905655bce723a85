import type { Condition, Leaf } from '../segment/condition.ts';
import { leavesOf } from '../segment/needs.ts';
import type { Draft } from './draft.ts';
import type { Step } from './plan.ts';

/** A condition of a journey, where it stands, and what asks it. */
export type Asked = { readonly condition: Condition; readonly path: string; readonly reader: string };

const asked = (step: Step, path: string): readonly Asked[] => {
  if (step.kind === 'branch') {
    return step.choices.map(({ when }, index) => ({ condition: when, path: `${path}.branch[${index}].when`, reader: `branch "${step.id}"` }));
  }
  if (step.kind !== 'wait-for-event') return [];
  return step.events.flatMap(({ on }, index) =>
    (on.type === 'passes' ? [{ condition: on.when, path: `${path}.waitFor[${index}].passes`, reader: `wait "${step.id}"` }] : []));
};

/** Every condition of a journey. */
export const conditionsOf = ({ steps }: Pick<Draft, 'steps'>): readonly Asked[] => steps.flatMap(({ step, path }) => asked(step, path));

/** The conditions that those are made of. */
export const leavesAsked = (
  draft: Pick<Draft, 'steps'>,
): readonly { readonly leaf: Leaf; readonly path: string; readonly reader: string }[] =>
  conditionsOf(draft).flatMap(({ condition, path, reader }) =>
    leavesOf(condition, path).map((place) => ({ ...place, reader })));
