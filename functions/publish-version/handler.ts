import * as z from 'zod';
import { latestOpen, phaseOf } from '../../lib/core/engine/journey-state.ts';
import { firstReview, heardSeconds, looksAtEverybody } from '../../lib/core/engine/review.ts';
import { segmentsWatched, watchedByPlan } from '../../lib/core/engine/watch.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { Name } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, VersionNumbers, VersionReader, WatchList, WorkQueue } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `POST /journeys/{journey}/versions/{version}/publication`. Publishing a published version is no change. */
export const PublicationRequest = z.strictObject({ journey: Name, version: z.coerce.number().int().min(1) });
export type PublicationRequest = z.infer<typeof PublicationRequest>;

export type PublicationPorts = {
  readonly states: Pick<JourneyStates, 'publish'>;
  readonly versions: VersionNumbers & VersionReader;
  readonly segments: { readonly watch: (segment: Name) => Promise<void> };
  readonly watchList: Pick<WatchList, 'add'>;
  /** Where everybody is looked at again. */
  readonly reviews: Pick<WorkQueue, 'send'>;
  readonly clock: Clock;
};

/**
 * Opens a draft to entries, and a journey that was retired; from now on contacts are watched for it. A paused journey stays paused. Triggers that wait for a moment
 * of each contact find it then.
 */
export const publishVersion = ({ states, versions, segments, watchList, reviews, clock }: PublicationPorts) =>
  async ({ journey, version }: PublicationRequest): Promise<ApiAnswer> => {
    const numbers = await versions.numbers(journey);
    if (!numbers.includes(version)) throw new SendwellError('journey.unknown', { journey, version });
    const { plan } = await versions.get(journey, version);
    // Heard before it is open: from the first entry on, nothing that it reacts to is missed.
    const names = watchedByPlan(plan);
    await watchList.add(names);
    await Promise.all(segmentsWatched(names).map(segments.watch));
    const state = await states.publish(journey, version);
    if (state === undefined) throw new SendwellError('version.deleted', { journey, version });
    if (looksAtEverybody(plan)) await reviews.send([firstReview(clock.now())], heardSeconds);
    return { status: 200, json: { journey, version, state: phaseOf(state), latest: latestOpen(state, numbers) } };
  };
