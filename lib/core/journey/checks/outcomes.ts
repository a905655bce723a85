import type { Name } from '../../ids.ts';
import { readsOutcome } from '../../segment/condition.ts';
import { leavesOf } from '../../segment/needs.ts';
import type { Check, Draft } from '../draft.ts';
import { finding } from '../findings.ts';
import type { Kind, StepOf } from '../plan.ts';

type Way = { readonly to: Name; readonly outcome: Name };

/** Where each kind of step leads, and with which outcome, when reached with the outcome `arriving`. */
const ways: { [K in Kind]: (step: StepOf<K>, arriving: Name) => readonly Way[] } = {
  send: ({ next }) => ['sent', 'refused', 'unknown'].map((outcome) => ({ to: next, outcome })),
  wait: ({ next, skipTo }) => [
    { to: next, outcome: 'passed' },
    ...(skipTo === undefined ? [] : [{ to: skipTo, outcome: 'skipped' }]),
  ],
  'wait-for-event': ({ events, timeout }) => [
    ...events.map(({ label, next }) => ({ to: next, outcome: label })),
    { to: timeout, outcome: 'timeout' },
  ],
  branch: ({ choices, otherwise, missing }, arriving) => {
    if (choices.every(({ when }) => readsOutcome(when))) {
      const chosen = choices.find(({ when }) => readsOutcome(when) && when.outcome === arriving);
      return [{ to: chosen?.next ?? otherwise, outcome: arriving }];
    }
    return [
      ...choices.map(({ label, next }) => ({ to: next, outcome: label })),
      { to: otherwise, outcome: 'otherwise' },
      ...(missing === undefined ? [] : [{ to: missing, outcome: 'missing' }]),
    ];
  },
  split: ({ arms }) => arms.map(({ label, next }) => ({ to: next, outcome: label })),
  'go-to': ({ next }, arriving) => [{ to: next, outcome: arriving }],
  'add-to-segment': ({ next }, arriving) => [{ to: next, outcome: arriving }],
  end: () => [],
  'hand-over': () => [],
};

/** The outcomes with which each step can be reached. */
const arrivals = ({ byId, start }: Draft): ReadonlyMap<Name, ReadonlySet<Name>> => {
  const arriving = new Map<Name, Set<Name>>();
  const open: Way[] = [{ to: start, outcome: 'none' }];
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const { to, outcome } = way;
    const known = arriving.get(to) ?? new Set<Name>();
    const step = byId.get(to)?.step;
    if (step === undefined || known.has(outcome)) continue;
    arriving.set(to, known.add(outcome));
    open.push(...ways[step.kind](step as never, outcome));
  }
  return arriving;
};

/** A condition on an outcome can come true: some way leads to the branch with that outcome. */
export const outcomes: Check = (draft) => {
  const arriving = arrivals(draft);
  return draft.steps.flatMap(({ step, path }) => (step.kind !== 'branch' ? [] : step.choices.flatMap(({ when }, index) => {
    const possible = arriving.get(step.id) ?? new Set<Name>();
    const others = [...possible].filter((outcome) => outcome !== 'none').sort().join(', ');
    return leavesOf(when, `${path}.branch[${index}].when`).flatMap(({ leaf, path: at }) =>
      (!readsOutcome(leaf) || possible.has(leaf.outcome) ? [] : [finding('journey.impossible-outcome', `${at}.outcome`,
        `"${leaf.outcome}" is no outcome that a contact comes here with; ${others === '' ? 'there are none' : `they are ${others}`}`)]));
  })));
};
