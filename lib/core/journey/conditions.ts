import type { Condition, Leaf } from '../segment/condition.ts';
import { leavesOf } from '../segment/needs.ts';
import type { Draft } from './draft.ts';
import { waysIn } from './entry.ts';
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

const inTriggers = ({ document }: Pick<Draft, 'document'>): readonly Asked[] =>
  waysIn(document.enter).flatMap(({ path, way }): readonly Asked[] => {
    if ('joins' in way) return [{ condition: { segment: way.joins }, path: `${path}.joins`, reader: `trigger "${path}"` }];
    if ('becomes' in way) return [{ condition: way.becomes, path: `${path}.becomes`, reader: `trigger "${path}"` }];
    return [];
  });

const inEndings = ({ document }: Pick<Draft, 'document'>): readonly Asked[] =>
  (['goal', 'exit'] as const).flatMap((key) => (document[key] ?? []).flatMap((one, index): readonly Asked[] =>
    ('when' in one ? [{ condition: one.when, path: `${key}[${index}].when`, reader: `${key} "${one.as}"` }] : [])));

const inSteps = ({ steps }: Pick<Draft, 'steps'>): readonly Asked[] => steps.flatMap(({ step, path }) => asked(step, path));

type Asking = Pick<Draft, 'steps' | 'document'>;

/** Every condition of a journey. */
export const conditionsOf = (draft: Asking): readonly Asked[] => [...inTriggers(draft), ...inEndings(draft), ...inSteps(draft)];

/** The conditions that those are made of. */
export const leavesAsked = (
  draft: Asking,
): readonly { readonly leaf: Leaf; readonly path: string; readonly reader: string }[] =>
  conditionsOf(draft).flatMap(({ condition, path, reader }) =>
    leavesOf(condition, path).map((place) => ({ ...place, reader })));
