import type { Name } from '../ids.ts';
import type { Kind, Step, StepOf } from './plan.ts';

const table: { [K in Kind]: (step: StepOf<K>) => readonly Name[] } = {
  send: ({ next }) => [next],
  wait: ({ next, skipTo }) => (skipTo === undefined ? [next] : [next, skipTo]),
  'wait-for-event': ({ events, timeout }) => [...events.map(({ next }) => next), timeout],
  branch: ({ choices, otherwise, missing }) =>
    [...choices.map(({ next }) => next), otherwise, ...(missing === undefined ? [] : [missing])],
  split: ({ arms }) => arms.map(({ next }) => next),
  'go-to': ({ next }) => [next],
  'add-to-segment': ({ next }) => [next],
  end: () => [],
  'hand-over': () => [],
};

/** Every step that a step can lead to. */
export const exitsOf = (step: Step): readonly Name[] => table[step.kind](step as never);
