import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';
import { limitedGoTos } from '../visits.ts';

/** A limit on a go-to limits something: some way leads back to the go-to. */
export const loops: Check = (draft) => {
  const limited = limitedGoTos(draft);
  return draft.steps.filter(({ step, atMost }) => atMost !== undefined && !limited.has(step.id))
    .map(({ step, path }) =>
      finding('journey.not-a-loop', `${path}.goTo.atMost`, `"${step.id}" never leads a contact back to itself`));
};
