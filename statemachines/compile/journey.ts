import type { Kind, Plan, Step, StepOf } from '../../lib/core/journey/plan.ts';
import { resumePoints } from '../../lib/core/journey/resume-points.ts';
import { endBehind, pastGoTos } from '../../lib/core/journey/walk.ts';
import { type Asl, type State, type States, tasks } from '../asl.ts';
import { compileAddToSegment } from './add-to-segment.ts';
import { compileBranch } from './branch.ts';
import { choice } from './choice.ts';
import { compileEnd } from './end.ts';
import { compileGoTo } from './go-to.ts';
import { compileHandOver } from './hand-over.ts';
import type { Scope } from './scope.ts';
import { compileSend } from './send.ts';
import { failTask, own, type Version } from './task.ts';
import { compileSplit } from './split.ts';
import { compileWait } from './wait.ts';

const compilers: { [K in Kind]: (step: StepOf<K>, scope: Scope) => States } = {
  send: compileSend,
  wait: compileWait,
  'wait-for-event': compileWait,
  branch: compileBranch,
  split: compileSplit,
  'go-to': compileGoTo,
  'add-to-segment': compileAddToSegment,
  end: compileEnd,
  'hand-over': compileHandOver,
};

const compileStep = (step: Step, scope: Scope): States => compilers[step.kind](step as never, scope);

/** A burst lasts seconds; one that does not end is cut off and its lease brings the enrolment back. In seconds. */
const longestBurst = 600;

const targetsOf = (state: State): readonly string[] => {
  if (state.Type === 'Choice') return [...state.Choices.map(({ Next }) => Next), state.Default];
  return 'Next' in state ? [state.Next] : [];
};

/** Ends that only the functions of the steps before them make. */
const leftOut = (plan: Plan, states: States): readonly string[] => {
  const reached = new Set(Object.values(states).flatMap(targetsOf));
  return Object.values(plan.steps).flatMap(({ kind, id }) => (kind === 'end' && !reached.has(id) ? [id] : []));
};

/**
 * Compiles a plan to one state machine: a state for each step, named as the author named it, but for go-tos and for ends
 * that the step before them makes. An execution starts at a step, runs to the next park and ends. The same plan and version give the same definition, key for key.
 */
export const compileJourney = (plan: Plan, version: number): Asl => {
  const shared: Version = { journey: plan.journey, version };
  const scope: Scope = {
    version: shared,
    stateOf: (step) => pastGoTos(plan, step),
    stateBehind: (step) => (endBehind(plan, step) === undefined ? pastGoTos(plan, step.next) : undefined),
  };
  const entries = resumePoints(plan).map((id) => [id, id] as const);
  const states: Record<string, States[string]> = { [own.enter]: choice('$.step', entries, own.unknownStep) };
  for (const step of Object.values(plan.steps)) Object.assign(states, compileStep(step, scope));
  for (const id of leftOut(plan, states)) delete states[id];
  return {
    Comment: plan.title,
    StartAt: own.enter,
    TimeoutSeconds: longestBurst,
    States: {
      ...states,
      [own.parked]: { Type: 'Succeed' },
      [own.failEnrolment]: failTask(shared, tasks.close),
      [own.failed]: { Type: 'Fail', Error: 'EnrolmentFailed' },
      [own.unknownStep]: { Type: 'Fail', Error: 'UnknownStep' },
    },
  };
};
