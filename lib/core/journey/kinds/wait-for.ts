import * as z from 'zod';
import { DurationText, durationOf } from '../duration.ts';
import type { StepOf } from '../plan.ts';
import { AwaitedDocument, explainAwaited } from './awaited.ts';
import { identified, named, type Place, type Placed, Target } from './common.ts';

export const WaitForDocument = z.strictObject({
  ...identified,
  waitFor: z.array(AwaitedDocument).min(1).max(20)
    .describe('The events to wait for. The first in this list wins where several have happened.'),
  within: DurationText.describe('How long to wait at most, like "7 days".'),
  otherwise: Target.optional().describe('Where to go when the time is over; the following step where it is left out.'),
}).describe('Waits for one of several events, for a limited time.');

export const explainWaitFor = (
  document: z.infer<typeof WaitForDocument>, { id, path, following }: Place,
): Placed<StepOf<'wait-for-event'>> => ({
  path,
  names: [
    ...document.waitFor.flatMap(({ then }, index) => named(`${path}.waitFor[${index}].then`, then)),
    ...named(`${path}.otherwise`, document.otherwise),
  ],
  step: {
    kind: 'wait-for-event',
    id,
    visits: 1,
    events: document.waitFor.map((awaited) => ({ ...explainAwaited(awaited), next: awaited.then ?? following })),
    within: durationOf(document.within),
    timeout: document.otherwise ?? following,
  },
});
