import * as z from 'zod';
import { Name } from '../../ids.ts';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed } from './common.ts';

export const EndDocument = z.strictObject({
  ...identified,
  end: Name.describe('What the journey came to, as reports show it: completed, enrolled, declined.'),
}).describe('Completes the journey.');

export const explainEnd = (
  document: z.infer<typeof EndDocument>, { id, path }: Place,
): Placed<StepOf<'end'>> => ({
  path, names: [], step: { kind: 'end', id, visits: 1, outcome: document.end },
});
