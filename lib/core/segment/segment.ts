import * as z from 'zod';
import { Name, SegmentId } from '../ids.ts';
import { DataClass } from '../consent/classes.ts';
import { readableFields, revealedBy } from '../journey/reveals.ts';
import { FieldCondition } from './condition.ts';
import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';

const Where = FieldCondition.refine(({ field }) => revealedBy(field) !== undefined, {
  path: ['field'],
  error: `a field of the contact record is expected: ${readableFields.join(', ')}`,
});

/** A named group of contacts. */
export const Segment = z.strictObject({
  segment: Name,
  title: z.string().min(1).max(200),
  /** Why people are grouped this way, and what allows it. */
  because: z.string().min(1).max(500),
  /** What being in it, or not, reveals about a person; the field of `where` reveals its class besides. */
  classes: z.array(DataClass).max(30).readonly(),
  /** Who belongs to it by their record; null where only journeys and imports add people. */
  where: Where.nullable(),
});
export type Segment = z.infer<typeof Segment>;

/** A segment with the id that its name was given when it was first published, and keeps for good. */
export const PublishedSegment = Segment.extend({
  id: SegmentId,
  /** Some journey or segment was published that reacts to who joins and leaves it; once so, always so. */
  watched: z.boolean().optional(),
});
export type PublishedSegment = z.infer<typeof PublishedSegment>;

/** The segments that a contact belongs to by the fields of the record. */
export const memberships = (segments: readonly Pick<Segment, 'segment' | 'where'>[], facts: Facts): Name[] =>
  segments.flatMap(({ segment, where }) => (where !== null && evaluate(where, facts).result === 'yes' ? [segment] : []));
