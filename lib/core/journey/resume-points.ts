import type { Name } from '../ids.ts';
import { exitsOf } from './exits.ts';
import type { Plan, Step } from './plan.ts';
import { pastGoTos } from './walk.ts';

/** Where an enrolment parked at a step can go on; a send is put off to quiet hours' end and goes on at itself. */
const afterParkAt = (step: Step): readonly Name[] => {
  if (step.kind === 'send') return [step.id];
  return step.kind === 'wait' || step.kind === 'wait-for-event' ? exitsOf(step) : [];
};

/** The steps that an execution may start at: the first one, and every one that follows a park. */
export const resumePoints = (plan: Plan): readonly Name[] => {
  const points = [plan.start, ...Object.values(plan.steps).flatMap(afterParkAt)];
  return [...new Set(points.map((id) => pastGoTos(plan, id)))];
};
