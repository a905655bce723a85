import * as z from 'zod';
import { Name, SegmentId } from '../ids.ts';
import { DataClass } from '../consent/classes.ts';
import { Condition } from './condition.ts';

/** A named group of contacts. */
export const Segment = z.strictObject({
  segment: Name,
  title: z.string().min(1).max(200),
  /** Why people are grouped this way, and what allows it. */
  because: z.string().min(1).max(500),
  /** What being in it, or not, reveals about a person; what `where` reads reveals its classes besides. */
  classes: z.array(DataClass).max(30).readonly(),
  /** Who belongs to it; null where people are added by journeys and through the API alone. */
  where: Condition.nullable(),
});
export type Segment = z.infer<typeof Segment>;

/** A segment with the id that its name was given when it was first published, and keeps for good. */
export const PublishedSegment = Segment.extend({
  id: SegmentId,
  /** Some journey or segment was published that reacts to who joins and leaves it; once so, always so. */
  watched: z.boolean().optional(),
  /** It was taken out of the app: it selects nobody any more, and keeps the members that it has. */
  retired: z.boolean().optional(),
});
export type PublishedSegment = z.infer<typeof PublishedSegment>;
