import * as z from 'zod';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed, Target } from './common.ts';

const Loop = z.strictObject({
  step: Target,
  atMost: z.int().min(1).max(365).describe('How often a contact is led back; after that the journey completes.'),
});

export const GoToDocument = z.strictObject({
  ...identified,
  goTo: z.union([Target, Loop])
    .describe('The step to go on with, or { step, atMost } to lead back a limited number of times.'),
}).describe('Goes on with another step of this journey.');

export const explainGoTo = (
  { goTo }: z.infer<typeof GoToDocument>, { id, path }: Place,
): Placed<StepOf<'go-to'>> => {
  if (typeof goTo === 'string') {
    return { path, names: [{ path: `${path}.goTo`, to: goTo }], step: { kind: 'go-to', id, visits: 1, next: goTo } };
  }
  return {
    path,
    names: [{ path: `${path}.goTo.step`, to: goTo.step }],
    step: { kind: 'go-to', id, visits: 1, next: goTo.step },
    atMost: goTo.atMost,
  };
};
