import * as z from 'zod';
import { EventDefinition } from '../../lib/core/event/definition.ts';
import { sha256 } from '../../lib/core/digest.ts';
import { Plan } from '../../lib/core/journey/plan.ts';
import type { SegmentId } from '../../lib/core/ids.ts';
import type { JourneyStates, PublishedVersion, VersionNumbers } from '../../lib/core/ports.ts';
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
  /** Refreshes the definition; the id counts only where the name has none yet. */
  readonly segments: { readonly publish: (segment: PublishedSegment) => Promise<void> };
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

/**
 * Keeps the segments and events, then a version of a journey with the hashes that receipts name. Throws `journey.changed` for
 * another version under its number.
 */
export const publishJourney = (ports: PublishPorts) => async (request: PublishRequest): Promise<{ hash: string }> => {
  const { journey, version, plan, templates, segments, events } = request;
  await Promise.all([
    ...segments.map((segment) => ports.segments.publish({ ...segment, id: ports.newSegmentId() })),
    ...events.map((event) => ports.events.publish(event)),
  ]);
  const templateHashes = await templateHashesOf(templates);
  const hash = await sha256(JSON.stringify([plan, templates]));
  await mark(ports, request);
  await ports.versions.publish({ journey, version, plan, templates, hash, templateHashes });
  return { hash };
};
