import * as z from 'zod';
import { SendwellError } from '../errors.ts';
import { Name } from '../ids.ts';
import { Instant } from '../time.ts';

/** When something was done to a journey, and who asked: the ARN that signed the request. */
export const Mark = z.object({ at: Instant, by: z.string() });
export type Mark = z.infer<typeof Mark>;

/** What becomes of those whose time came while their journey was paused. */
export const CatchUp = z.enum(['go-on', 'exit']);
export type CatchUp = z.infer<typeof CatchUp>;

/** The last time that a journey was resumed; those it held go on over so many seconds from `at`. */
export const Resumption = z.object({ ...Mark.shape, catchUp: CatchUp, spreadSeconds: z.int().min(0) });
export type Resumption = z.infer<typeof Resumption>;

/** A version that is neither is open to entries. A deleted one stays readable for the records that name it. */
export const VersionMark = z.enum(['draft', 'published', 'deleted']);
export type VersionMark = z.infer<typeof VersionMark>;

/**
 * How a journey stands. One of which nothing is on record was never paused, retired or kept as a draft: it is
 * published, and so are its versions. A paused journey may be retired as well; it goes on as retired.
 */
export const JourneyState = z.object({
  journey: Name,
  paused: Mark.optional(),
  retired: Mark.optional(),
  resumption: Resumption.optional(),
  /** By number, what was ever said of it. */
  versions: z.record(z.string(), VersionMark),
});
export type JourneyState = z.infer<typeof JourneyState>;

export type Phase = 'published' | 'paused' | 'retired';

export const untouched = (journey: Name): JourneyState => ({ journey, versions: {} });

export const isPaused = ({ paused }: JourneyState): boolean => paused !== undefined;

export const phaseOf = (state: JourneyState): Phase => {
  if (isPaused(state)) return 'paused';
  return state.retired === undefined ? 'published' : 'retired';
};

export const markOf = ({ versions }: JourneyState, version: number): VersionMark => versions[String(version)] ?? 'published';

/** The latest version that is open to entries; undefined where every one is a draft or deleted. */
export const latestOpen = (state: JourneyState, versions: readonly number[]): number | undefined =>
  versions.filter((version) => markOf(state, version) === 'published').sort((one, other) => other - one)[0];

/**
 * The version that an entry goes to: the one asked for, or the latest that is published. Throws `journey.retired`,
 * `version.draft`, `version.deleted`, and `journey.unknown` where there is none.
 */
export const entryInto = (state: JourneyState, versions: readonly number[], asked: number | undefined): number => {
  const { journey } = state;
  if (versions.length === 0) throw new SendwellError('journey.unknown', { journey });
  if (state.retired !== undefined) throw new SendwellError('journey.retired', { journey });
  const version = asked ?? latestOpen(state, versions) ?? Math.max(0, ...versions);
  if (!versions.includes(version)) throw new SendwellError('journey.unknown', { journey, version });
  const mark = markOf(state, version);
  if (mark !== 'published') throw new SendwellError(`version.${mark}`, { journey, version });
  return version;
};

/** Whether somebody may be entered into a version now; one that asked before the journey was retired comes too late. */
export const takesEntries = (state: JourneyState, version: number): boolean =>
  state.retired === undefined && markOf(state, version) === 'published';
