import type { Difference } from '../../lib/core/simulate/compare.ts';
import { compareCourses } from '../../lib/core/simulate/compare.ts';
import type { Course } from '../../lib/core/simulate/course.ts';
import { simulate } from '../../lib/core/simulate/run.ts';
import { createSummary } from '../../lib/core/simulate/summary.ts';
import type { Summary } from '../../lib/core/simulate/summary.ts';
import type { World } from '../../lib/core/simulate/world.ts';
import type { BuiltVersion } from '../../statemachines/build.ts';
import { plural } from '../words.ts';
import type { Cohort } from './cohort.ts';

type Told<T> = T & { readonly source: string };

/** How a cohort fares under a version, and what would be different under another. */
export type Simulation = {
  readonly journey: string;
  readonly version: number;
  readonly summary: Summary;
  /** The first contacts, one by one. */
  readonly courses: readonly Told<Course>[];
  readonly differences?: {
    readonly against: number;
    readonly summary: Summary;
    /** How many contacts would get something different. */
    readonly contacts: number;
    readonly gained: number;
    readonly lost: number;
    readonly moved: number;
    /** The first of them, one by one. */
    readonly shown: readonly Told<Difference>[];
  };
};

export type SimulationOptions = {
  readonly world: Omit<World, 'version'>;
  readonly version: BuiltVersion;
  readonly against: BuiltVersion | undefined;
  readonly cohort: Cohort;
  readonly shown: number;
  readonly progress: (text: string) => void;
};

const every = 10_000;

/** Walks a cohort, a contact at a time: memory holds the sums and the few that are shown. */
export const simulateCohort = async (options: SimulationOptions): Promise<Simulation> => {
  const { world, version, against, cohort, shown, progress } = options;
  const summary = createSummary(version.plan);
  const other = against === undefined ? undefined : createSummary(against.plan);
  const courses: Told<Course>[] = [];
  const differing: Told<Difference>[] = [];
  const counts = { contacts: 0, gained: 0, lost: 0, moved: 0 };
  for (let index = 0; index < cohort.size; index += 1) {
    const { person, source } = cohort.memberAt(index);
    const course = await simulate({ ...world, version }, person);
    summary.add(course);
    if (index < shown) courses.push({ ...course, source });
    if (against !== undefined) {
      const under = await simulate({ ...world, version: against }, person);
      other?.add(under);
      const difference = compareCourses(course, under);
      if (difference !== undefined) {
        counts.contacts += 1;
        for (const { kind } of difference.changes) counts[kind] += 1;
        if (differing.length < shown) differing.push({ ...difference, source });
      }
    }
    if ((index + 1) % every === 0) progress(`${plural(index + 1, 'contact')} of ${cohort.size}`);
  }
  return {
    journey: version.plan.journey, version: version.version, summary: summary.read(), courses,
    ...(against === undefined || other === undefined ? {}
      : { differences: { against: against.version, summary: other.read(), ...counts, shown: differing } }),
  };
};
