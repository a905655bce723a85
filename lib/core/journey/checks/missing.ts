import { canBeMissing } from '../../segment/needs.ts';
import type { Check } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';

/**
 * A branch says where contacts go of whom is not known what it asks, so that a gap in a record is never taken for an
 * answer. Documents of the first format did not have to: there a gap counts as no.
 */
export const missing: Check = ({ document, steps }) => steps.flatMap(({ step, path }): readonly Finding[] => {
  if (step.kind !== 'branch') return [];
  const can = step.choices.some(({ when }) => canBeMissing(when));
  if (can && step.missing === undefined && document.format !== 1) {
    return [finding('journey.missing-unstated', `${path}.missing`, 'the branch reads what may not be known of everybody')];
  }
  if (can || step.missing === undefined) return [];
  return [finding('journey.never-missing', `${path}.missing`, 'nobody can come this way')];
});
