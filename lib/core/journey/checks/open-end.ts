import type { Check } from '../draft.ts';
import { exitsOf } from '../exits.ts';
import { finding } from '../findings.ts';
import { offTheEnd } from '../kinds/common.ts';

/** No step goes on to a following step that is not there. */
export const openEnd: Check = ({ steps }) =>
  steps.filter(({ step }) => exitsOf(step).includes(offTheEnd))
    .map(({ step, path }) => finding('journey.open-end', path, `no step follows the last step, "${step.id}"`));
