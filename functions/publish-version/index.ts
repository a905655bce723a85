import { env, required } from '../../lib/aws/env.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { queue } from '../../lib/aws/queues.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { versions } from '../../lib/aws/versions.ts';
import { watchList } from '../../lib/aws/watch-list.ts';
import { apiEntry } from '../middleware.ts';
import { PublicationRequest, publishVersion } from './handler.ts';

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  return apiEntry(PublicationRequest, publishVersion({
    states: journeyStates(runtime, journeysTable),
    versions: versions(runtime, journeysTable),
    segments: segments(runtime, journeysTable),
    watchList: watchList(runtime, journeysTable),
    reviews: queue(runtime, required(env.reviewQueue)),
    clock: runtime.clock,
  }));
};

export const handler = bind(awsRuntime);
