import * as z from 'zod';
import { canonical } from '../consent/digest.ts';
import type { ContactRecord } from '../contact/record.ts';
import { fieldTable } from '../contact/record.ts';
import { ContactId, EnrolmentId, SegmentId } from '../ids.ts';
import { Instant } from '../time.ts';

/**
 * Something about a contact that others may react to. It is written in one write with what it tells of, so none is lost
 * and none is told of what did not happen. No PHI: names of fields and opaque ids.
 */
export const ContactChange = z.object({
  contact: ContactId,
  /** One of its kind for this contact; the ids of whatever follows from it are made of it. */
  id: z.string().min(1),
  at: Instant,
  /** Readable fields with another value, and `zone` and `standing` where those differ. */
  fields: z.array(z.string()).default([]).readonly(),
  joined: z.array(SegmentId).default([]).readonly(),
  left: z.array(SegmentId).default([]).readonly(),
  /** Keys of events that were recorded. */
  events: z.array(z.string()).default([]).readonly(),
  /** Runs that began. */
  entered: z.array(EnrolmentId).default([]).readonly(),
  /** The contact came into being with it. */
  created: z.boolean().default(false),
});
export type ContactChange = z.infer<typeof ContactChange>;

const differ = (one: unknown, other: unknown): boolean => canonical(one ?? null) !== canonical(other ?? null);

/** What a change of the record may change for those who read it; `age` follows from birth date and zone. */
export const changedNames = (before: ContactRecord | undefined, after: ContactRecord): readonly string[] => {
  const fields = Object.keys(fieldTable).filter((name) =>
    differ(before?.fields[name as keyof typeof fieldTable], after.fields[name as keyof typeof fieldTable]));
  const zone = differ(before?.standing.time_zone, after.standing.time_zone);
  return [
    ...fields,
    ...(zone || differ(before?.standing.birth_date, after.standing.birth_date) ? ['age'] : []),
    ...(zone ? ['zone'] : []),
    ...(differ(before?.standing, after.standing) ? ['standing'] : []),
  ];
};

/** The id of a change of the record: each one has a version of the send gate to itself. */
export const recordChangeId = (gateVersion: number): string => String(gateVersion);

/** The id of the change that an event is; its key is one of its kind. */
export const eventChangeId = (key: string): string => key;

export const entryChangeId = (enrolment: string): string => `entered#${enrolment}`;

export const segmentChangeId = (segment: SegmentId, at: Instant, change: 'joined' | 'left'): string => `${segment}#${at}#${change}`;
