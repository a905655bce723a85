import type { States } from '../asl.ts';

/** A go-to is a transition, not a state: whatever leads to it leads to its target. */
export const compileGoTo = (): States => ({});
