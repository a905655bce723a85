import * as z from 'zod';
import { timelineCsv, timelineOf } from '../../lib/core/engine/timeline.ts';
import { ContactId } from '../../lib/core/ids.ts';
import type { EnrolmentStore } from '../../lib/core/engine/enrolment-store.ts';
import type { SendHistory } from '../../lib/core/engine/send-store.ts';
import type { Clock, EventLog } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

/**
 * `GET /contacts/{contact}/timeline`: what happened to one contact, oldest first, with `?format=csv` for spreadsheets.
 * Ids and codes, no PHI.
 */
export const TimelineRequest = z.strictObject({ contact: ContactId, format: z.enum(['json', 'csv']).default('json') });
export type TimelineRequest = z.infer<typeof TimelineRequest>;

export type TimelinePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'ofContact'>;
  readonly events: Pick<EventLog, 'since'>;
  readonly ledger: SendHistory;
  readonly clock: Clock;
};

const beginning = '0000-01-01T00:00:00.000Z' as Instant;

export const readTimeline = (ports: TimelinePorts) => async ({ contact, format }: TimelineRequest): Promise<ApiAnswer> => {
  const [runs, events, sends] = await Promise.all([
    ports.enrolments.ofContact(contact), ports.events.since(contact, beginning), ports.ledger.ofContact(contact),
  ]);
  const entries = timelineOf(runs, sends, events, ports.clock.now());
  return format === 'csv' ? { status: 200, csv: timelineCsv(entries) } : { status: 200, json: { contact, entries } };
};
