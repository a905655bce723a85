import type { Step } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import { readVisit, writeVisit } from './enrolment.ts';

/**
 * The visit of a step that was visited before, or never: the very same one where the task is repeated on its leg, one
 * more on a later leg. Undefined where the step was visited as often as it may be: a loop never holds anybody.
 */
export const visitAgain = (step: Pick<Step, 'visits'>, before: string | undefined, leg: number, at: Instant): string | undefined => {
  if (before === undefined) return writeVisit({ leg, count: 1, at });
  const visit = readVisit(before);
  if (visit.leg === leg) return before;
  return visit.count >= step.visits ? undefined : writeVisit({ leg, count: visit.count + 1, at });
};
