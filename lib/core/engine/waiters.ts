import type { Awaited, Plan, StepOf } from '../journey/plan.ts';
import { resumeAt } from '../journey/walk.ts';
import type { SegmentCatalogue } from '../ports.ts';
import type { Waiter } from './enrolment.ts';

type Await<T extends Waiter> = T extends Waiter ? Omit<T, 'label' | 'next'> : never;

const waiterFor = async (on: Awaited, { idOf }: Pick<SegmentCatalogue, 'idOf'>): Promise<Await<Waiter>> => {
  switch (on.type) {
    case 'api': return on.where === undefined ? { type: 'api', name: on.name } : { type: 'api', name: on.name, filtered: true };
    case 'segment': return { type: 'segment', segment: await idOf(on.segment), change: on.change };
    case 'passes': return { type: 'passes' };
    default: return on;
  }
};

/** What a parked row keeps of an event wait: no segment by name, and nothing that the author compares values with. */
export const waitersOf = (
  plan: Plan, step: StepOf<'wait-for-event'>, segments: Pick<SegmentCatalogue, 'idOf'>,
): Promise<readonly Waiter[]> =>
  Promise.all(step.events.map(async ({ on, label }): Promise<Waiter> =>
    ({ ...await waiterFor(on, segments), label, next: resumeAt(plan, step.id, label) })));
