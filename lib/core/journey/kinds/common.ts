import { Name } from '../../ids.ts';
import type { Step } from '../plan.ts';

export const StepId = Name.describe('The id by which other steps, reports and history name this step.');
export const Target = Name.describe('The id of the step to go on with.');

/** Each kind of step may have an id; one is made from kind and position where it has none. */
export const identified = { id: StepId.optional() };

/** The empty string is no name: it stands for the step after the last one. */
export const offTheEnd = '' as Name;

/** Where a step stands in its document. */
export type Place = {
  readonly id: Name;
  /** `steps[3]` */
  readonly path: string;
  /** The step that follows in the document, or {@link offTheEnd}. */
  readonly following: Name;
  /** The step after that one, or {@link offTheEnd}. */
  readonly second: Name;
};

/** A step made explicit, with the paths of what it names. */
export type Placed<S extends Step = Step> = {
  readonly path: string;
  readonly step: S;
  /** Steps that the author named. */
  readonly names: readonly { readonly path: string; readonly to: Name }[];
  /** How often a go-to may lead back, where the author said so. */
  readonly atMost?: number;
};

/** The name at a path, where the author gave one. */
export const named = (path: string, to: Name | undefined): Placed['names'] => (to === undefined ? [] : [{ path, to }]);
