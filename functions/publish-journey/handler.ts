import * as z from 'zod';
import { EventDefinition } from '../../lib/core/event/definition.ts';
import { firstReview, heardSeconds, looksAtEverybody } from '../../lib/core/engine/review.ts';
import { watch, watchedByPlan, watchedBySegment } from '../../lib/core/engine/watch.ts';
import { sha256 } from '../../lib/core/digest.ts';
import { Plan } from '../../lib/core/journey/plan.ts';
import type { Name, SegmentId } from '../../lib/core/ids.ts';
import type { Clock, JourneyStates, PublishedVersion, VersionNumbers, WatchList, WorkQueue } from '../../lib/core/ports.ts';
import type { PublishedSegment } from '../../lib/core/segment/segment.ts';
import { Segment } from '../../lib/core/segment/segment.ts';
import { templateHashesOf } from '../../lib/core/template/hashes.ts';
import { Template } from '../../lib/core/template/template.ts';

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

/** Properties of the deployment's `Custom::SendwellJourney` resource; CloudFormation makes strings of numbers. */
export const PublishRequest = z.object({
  journey: z.string(),
  version: z.coerce.number().int().min(1),
  /** Whether the version waits for a word before anybody enters it. */
  draft: z.literal('true').optional(),
  plan: json.pipe(Plan),
  templates: json.pipe(z.record(z.string(), Template)),
  /** Every segment that the app has. */
  segments: json.pipe(z.array(Segment)),
  /** Every API event that the app declares. */
  events: json.pipe(z.array(EventDefinition)),
});
export type PublishRequest = z.infer<typeof PublishRequest>;

export type PublishPorts = {
  readonly segments: {
    /** Refreshes the definition; the id counts only where the name has none yet. */
    readonly publish: (segment: PublishedSegment) => Promise<void>;
    /** Takes the others out of the app; gives whether anything was selected in another way before. */
    readonly replaceAll: (segments: readonly Segment[]) => Promise<boolean>;
  };
  readonly watchList: Pick<WatchList, 'add'>;
  /** Where everybody is looked at again. */
  readonly reviews: Pick<WorkQueue, 'send'>;
  readonly clock: Clock;
  /** The last definition stands. */
  readonly events: { readonly publish: (definition: EventDefinition) => Promise<void> };
  /** A fresh random id. */
  readonly newSegmentId: () => SegmentId;
  readonly versions: VersionNumbers & {
    readonly publish: (version: PublishedVersion & { journey: string; version: number }) => Promise<void>;
  };
  readonly states: Pick<JourneyStates, 'draft' | 'deployed'>;
};

/**
 * A draft is marked before the version is there, so that nobody enters it in between. Once published it stays so,
 * whatever a later deployment calls it; a draft that is deployed as one no more is published.
 */
const mark = async ({ versions, states }: PublishPorts, { journey, version, draft }: PublishRequest): Promise<void> => {
  if (draft === undefined) await states.deployed(journey, version);
  else if (!(await versions.numbers(journey)).includes(version)) await states.draft(journey, version);
};

/** What is watched from now on, and the segments among it. Nobody is in a draft, so what it reacts to is watched once it is published. */
const watchedSegments = ({ segments, plan, draft }: PublishRequest): { readonly names: readonly string[]; readonly isWatched: (segment: Name) => boolean } => {
  const names = [...new Set([
    ...(draft === undefined ? watchedByPlan(plan) : []), ...segments.flatMap(({ where }) => (where === null ? [] : watchedBySegment(where))),
  ])];
  return { names, isWatched: (segment) => names.includes(watch.segment(segment)) };
};

/**
 * Keeps the segments and events, then a version of a journey with the hashes that receipts name. Throws `journey.changed` for
 * another version under its number. For a draft nobody is looked at before it is published.
 */
export const publishJourney = (ports: PublishPorts) => async (request: PublishRequest): Promise<{ hash: string }> => {
  const { journey, version, draft, plan, templates, segments, events } = request;
  const { names, isWatched } = watchedSegments(request);
  const isOther = await ports.segments.replaceAll(segments);
  // Heard before it is there: from the first entry on, nothing that it reacts to is missed.
  await ports.watchList.add(names);
  await Promise.all([
    ...segments.map((segment) => ports.segments.publish({
      ...segment, id: ports.newSegmentId(), ...(isWatched(segment.segment) ? { watched: true } : {}),
    })),
    ...events.map((event) => ports.events.publish(event)),
  ]);
  const templateHashes = await templateHashesOf(templates);
  const hash = await sha256(JSON.stringify([plan, templates]));
  await mark(ports, request);
  await ports.versions.publish({ journey, version, plan, templates, hash, templateHashes });
  if (isOther || (draft === undefined && looksAtEverybody(plan))) await ports.reviews.send([firstReview(ports.clock.now())], heardSeconds);
  return { hash };
};
