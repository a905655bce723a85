import * as z from 'zod';
import { Name } from '../../ids.ts';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed } from './common.ts';

export const AddToSegmentDocument = z.strictObject({
  ...identified,
  addToSegment: Name.describe('The segment that the contact becomes a member of.'),
}).describe('Adds the contact to a segment.');

export const explainAddToSegment = (
  document: z.infer<typeof AddToSegmentDocument>, { id, path, following }: Place,
): Placed<StepOf<'add-to-segment'>> => ({
  path, names: [], step: { kind: 'add-to-segment', id, visits: 1, segment: document.addToSegment, next: following },
});
