import { reservedOutcomes } from '../../engine/payload.ts';
import type { Name } from '../../ids.ts';
import { readsOutcome } from '../../segment/condition.ts';
import type { Check } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';
import type { Step } from '../plan.ts';
import { isOutcomeOnly } from '../walk.ts';

const reserved: ReadonlySet<string> = new Set(reservedOutcomes);

export type Label = { readonly path: string; readonly label: Name };

/** The labels of a step's ways out. */
export const labelsOf = (step: Step, path: string): readonly Label[] => {
  if (step.kind === 'wait-for-event') {
    return step.events.map(({ label }, index) => ({ path: `${path}.waitFor[${index}]`, label }));
  }
  if (step.kind === 'branch') {
    return step.choices.map(({ label }, index) => ({ path: `${path}.branch[${index}]`, label }));
  }
  if (step.kind === 'split') return step.arms.map(({ label }, index) => ({ path: `${path}.split[${index}]`, label }));
  return [];
};

/**
 * Branches on outcomes repeat labels that the engine has given. One that reads fields too comes to a label itself, and
 * there `otherwise` stands for its fallback.
 */
const repeats = (step: Step, label: Name): boolean =>
  step.kind === 'branch' &&
  step.choices.some(({ when }) => readsOutcome(when) && when.outcome === label) &&
  (label !== 'otherwise' || isOutcomeOnly(step));

const labelsOfStep = (step: Step, path: string): readonly Finding[] => {
  const seen = new Set<Name>();
  return labelsOf(step, path).flatMap(({ path: at, label }) => {
    const again = seen.has(label);
    seen.add(label);
    if (again) return [finding('journey.duplicate-label', at, `"${label}" labels another way out of "${step.id}" already`)];
    if (!reserved.has(label) || repeats(step, label)) return [];
    return [finding('journey.reserved-label', at, `"${label}" is an outcome of the engine's own`)];
  });
};

/** The ways out of a step have labels of their own. */
export const labels: Check = ({ steps }) => steps.flatMap(({ step, path }) => labelsOfStep(step, path));
