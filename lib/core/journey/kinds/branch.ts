import * as z from 'zod';
import { Name } from '../../ids.ts';
import { Condition, readsOutcome } from '../../segment/condition.ts';
import type { StepOf } from '../plan.ts';
import { identified, named, type Place, type Placed, Target } from './common.ts';

const Choice = z.strictObject({
  when: Condition.describe('What is asked of the contact, as docs/conditions.md has it: { outcome: <label> } after an event wait, { field: <name>, … } and others.'),
  then: Target,
  as: Name.optional().describe('The label of this path in reports; the outcome, or choice-<n>, where it is left out.'),
});

export const BranchDocument = z.strictObject({
  ...identified,
  branch: z.array(Choice).min(1).max(50).describe('Asked from top to bottom; the first condition that holds wins.'),
  otherwise: Target.describe('Where a contact goes whom no condition fits.'),
  missing: Target.optional().describe('Where a contact goes of whom is not known what a condition asks, before one holds.'),
}).describe('Sends contacts down different paths.');

const labelOf = ({ as, when }: z.infer<typeof Choice>, index: number): Name =>
  as ?? (readsOutcome(when) ? when.outcome : `choice-${index + 1}`);

export const explainBranch = (
  document: z.infer<typeof BranchDocument>, { id, path }: Place,
): Placed<StepOf<'branch'>> => ({
  path,
  names: [
    ...document.branch.map(({ then }, index) => ({ path: `${path}.branch[${index}].then`, to: then })),
    ...named(`${path}.otherwise`, document.otherwise),
    ...named(`${path}.missing`, document.missing),
  ],
  step: {
    kind: 'branch',
    id,
    visits: 1,
    choices: document.branch.map((choice, index) => ({
      label: labelOf(choice, index), when: choice.when, next: choice.then,
    })),
    otherwise: document.otherwise,
    ...(document.missing === undefined ? {} : { missing: document.missing }),
  },
});
