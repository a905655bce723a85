import * as z from 'zod';
import { DurationText, durationOf } from '../duration.ts';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed } from './common.ts';

export const WaitDocument = z.strictObject({
  ...identified,
  wait: DurationText,
}).describe('Waits for a span of time.');

export const explainWait = (
  document: z.infer<typeof WaitDocument>, { id, path, following }: Place,
): Placed<StepOf<'wait'>> => ({
  path,
  names: [],
  step: {
    kind: 'wait', id, visits: 1, until: { rule: 'duration', duration: durationOf(document.wait) }, next: following,
  },
});
