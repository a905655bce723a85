import type { Name } from '../../lib/core/ids.ts';
import type { StepOf } from '../../lib/core/journey/plan.ts';
import type { Version } from './task.ts';

/** What the compiler of a step knows beside the step. */
export type Scope = {
  readonly version: Version;
  /** The state that stands for a step: its own, or where a go-to leads. */
  readonly stateOf: (step: Name) => string;
  /** The state behind a step that leads one way; undefined where the function of the step ends the run itself. */
  readonly stateBehind: (step: StepOf<'send' | 'add-to-segment'>) => string | undefined;
};
