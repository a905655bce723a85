import * as z from 'zod';
import { Name } from '../../ids.ts';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed, Target } from './common.ts';

const Arm = z.strictObject({
  share: z.int().min(1).max(99).describe('How many of a hundred contacts go this way; all shares come to 100.'),
  then: Target,
  as: Name.optional().describe('The label of this way in reports; arm-<n>, where it is left out.'),
});

export const SplitDocument = z.strictObject({
  ...identified,
  split: z.array(Arm).min(2).max(20).describe('The ways among which contacts are divided at random. A contact always goes the same way.'),
  experiment: Name.optional()
    .describe('Splits with the same name here send a contact the same way; a name of its own, where it is left out.'),
}).describe('Divides contacts at random, for A/B tests.');

export const explainSplit = (
  document: z.infer<typeof SplitDocument>, { id, path }: Place,
): Placed<StepOf<'split'>> => ({
  path,
  names: document.split.map(({ then }, index) => ({ path: `${path}.split[${index}].then`, to: then })),
  step: {
    kind: 'split',
    id,
    visits: 1,
    arms: document.split.map(({ share, then, as }, index) => ({ label: as ?? `arm-${index + 1}`, share, next: then })),
    ...(document.experiment === undefined ? {} : { experiment: document.experiment }),
  },
});
