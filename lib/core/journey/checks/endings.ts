import { leavesOf } from '../../segment/needs.ts';
import type { Check } from '../draft.ts';
import { eventOf } from '../draft.ts';
import { finding } from '../findings.ts';
import type { ExitDocument } from '../ending.ts';

/** Goals and exits name declared events, and each has a label of its own. */
export const endings: Check = ({ document: { goal = [], exit = [] }, context }) => {
  const all = [
    ...goal.map((one: ExitDocument, index) => ({ one, path: `goal[${index}]` })),
    ...exit.map((one: ExitDocument, index) => ({ one, path: `exit[${index}]` })),
  ];
  return all.flatMap(({ one, path }, index) => [
    ...('when' in one ? leavesOf(one.when, `${path}.when`).flatMap(({ leaf, path: at }) => ('outcome' in leaf
      ? [finding('journey.impossible-outcome', `${at}.outcome`, 'a run may end anywhere, and has an outcome right after a step alone')] : [])) : []),
    ...('event' in one && eventOf(context, one.event) === undefined
      ? [finding('journey.unknown-event', `${path}.event`, `there is no event "${one.event}"`)] : []),
    ...(all.slice(0, index).some(({ one: other }) => other.as === one.as)
      ? [finding('journey.duplicate-label', `${path}.as`, `"${one.as}" labels another ending already`)] : []),
  ]);
};
