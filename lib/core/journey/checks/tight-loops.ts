import type { Name } from '../../ids.ts';
import type { Check, Draft } from '../draft.ts';
import { leastMinutes } from '../duration.ts';
import { exitsOf } from '../exits.ts';
import { finding } from '../findings.ts';
import { cyclesOf } from '../graph.ts';
import type { Step } from '../plan.ts';

/** The shortest park that keeps a loop from spinning, in minutes. */
const leastPark = 15;

/**
 * Where a step can lead within 15 minutes of being reached. Two things hold a contact that long each time round:
 *
 * - a wait for a span of 15 minutes or more, which always lasts its span;
 * - the timeout of an event wait of 15 minutes or more, which comes only when that time is over.
 *
 * A window does not: it may be open already. Nor does a moment, which may be past. Nor does the event itself: one that is already in resolves the wait at
 * once, and again the next time round. Sends do not either: a frequency cap may be lifted by a setting.
 */
const quickExits = (step: Step): readonly Name[] => {
  if (step.kind === 'wait' && step.until.rule === 'duration' && leastMinutes(step.until.duration) >= leastPark) return [];
  if (step.kind === 'wait-for-event' && leastMinutes(step.within) >= leastPark) {
    return step.events.map(({ next }) => next);
  }
  return exitsOf(step);
};

const quick = ({ byId }: Draft) => (id: Name): readonly Name[] => {
  const placed = byId.get(id);
  return placed === undefined ? [] : quickExits(placed.step);
};

/** Every way round holds a contact for 15 minutes or more; a loop that does not burns 25,000 history events in a minute. */
export const tightLoops: Check = (draft) =>
  cyclesOf([...draft.byId.keys()], quick(draft)).map((cycle) => {
    const members = new Set(cycle);
    const inOrder = draft.steps.filter(({ step }) => members.has(step.id));
    const ids = inOrder.map(({ step }) => step.id).join(', ');
    return finding('journey.tight-loop', inOrder[0]?.path ?? '', `a contact can go round without a wait: ${ids}`);
  });
