/** The step that a task names when it closes an enrolment that failed. */
export const failStep = 'fail-enrolment';

/** Ids that no step of a journey may have. */
export const reservedSteps: ReadonlySet<string> = new Set([failStep]);
