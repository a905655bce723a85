import type { Name } from '../../lib/core/ids.ts';
import type { Version } from './task.ts';

/** What the compiler of a step knows beside the step. */
export type Scope = {
  readonly version: Version;
  /** The state that stands for a step: its own, or where a go-to leads. */
  readonly stateOf: (step: Name) => string;
};
