import * as z from 'zod';
import { EventName, Name } from '../../ids.ts';
import { DurationText, durationOf } from '../duration.ts';
import type { StepOf } from '../plan.ts';
import { identified, named, type Place, type Placed, Target } from './common.ts';

const way = {
  as: Name.optional().describe('The label of this outcome; the link, or the event with hyphens, where it is left out.'),
  then: Target.optional().describe('The step to go on with; the following one where it is left out.'),
};

const Click = z.strictObject({
  click: Name.describe('A link of the template that was sent.'),
  of: Name.describe('The send step whose mail carries the link.'),
  ...way,
});

const Event = z.strictObject({
  event: EventName.describe('An event reported through the API, like portal.login.'),
  ...way,
});

type Awaited = z.infer<typeof Click> | z.infer<typeof Event>;

export const WaitForDocument = z.strictObject({
  ...identified,
  waitFor: z.array(z.union([Click, Event])).min(1).max(20)
    .describe('The events to wait for. The first in this list wins where several have happened.'),
  within: DurationText.describe('How long to wait at most, like "7 days".'),
  otherwise: Target.optional().describe('Where to go when the time is over; the following step where it is left out.'),
}).describe('Waits for one of several events, for a limited time.');

const labelOf = (awaited: Awaited): Name => {
  if (awaited.as !== undefined) return awaited.as;
  return 'click' in awaited ? awaited.click : awaited.event.split(/[.-]+/u).filter((word) => word !== '').join('-');
};

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
    events: document.waitFor.map((awaited) => ({
      label: labelOf(awaited),
      on: 'click' in awaited
        ? { type: 'click', link: awaited.click, of: awaited.of }
        : { type: 'api', name: awaited.event },
      next: awaited.then ?? following,
    })),
    within: durationOf(document.within),
    timeout: document.otherwise ?? following,
  },
});
