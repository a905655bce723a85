import * as z from 'zod';
import { Name } from '../../ids.ts';
import type { StepOf } from '../plan.ts';
import { identified, type Place, type Placed, Target } from './common.ts';

const Loop = z.strictObject({
  step: Target,
  atMost: z.int().min(1).max(365).describe('How often a contact is led back; after that the journey completes.'),
});

const HandOver = z.strictObject({
  journey: Name.describe('The journey that takes the contact over. It declares the trigger handOver from this one.'),
});

export const GoToDocument = z.strictObject({
  ...identified,
  goTo: z.union([Target, Loop, HandOver])
    .describe('The step to go on with; { step, atMost } to lead back a limited number of times; { journey } to hand over to another journey.'),
}).describe('Goes on with another step of this journey, or hands the contact over to another journey.');

export const explainGoTo = (
  { goTo }: z.infer<typeof GoToDocument>, { id, path }: Place,
): Placed<StepOf<'go-to'> | StepOf<'hand-over'>> => {
  if (typeof goTo === 'string') {
    return { path, names: [{ path: `${path}.goTo`, to: goTo }], step: { kind: 'go-to', id, visits: 1, next: goTo } };
  }
  if ('journey' in goTo) return { path, names: [], step: { kind: 'hand-over', id, visits: 1, journey: goTo.journey } };
  return {
    path,
    names: [{ path: `${path}.goTo.step`, to: goTo.step }],
    step: { kind: 'go-to', id, visits: 1, next: goTo.step },
    atMost: goTo.atMost,
  };
};
