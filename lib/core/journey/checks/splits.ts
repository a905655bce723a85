import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

/** The shares of a split leave nobody over and take nobody twice. */
export const splits: Check = ({ steps }) => steps.flatMap(({ step, path }) => {
  if (step.kind !== 'split') return [];
  const sum = step.arms.reduce((total, { share }) => total + share, 0);
  return sum === 100 ? [] : [finding('journey.split-shares', `${path}.split`, `the shares come to ${sum}`)];
});
