import * as z from 'zod';
import { referenceOf } from '../../lib/core/audit/receipt.ts';
import { readVisit } from '../../lib/core/engine/enrolment.ts';
import type { ContactEvent } from '../../lib/core/engine/event.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { ContactId } from '../../lib/core/ids.ts';
import type { EnrolmentStore, EventLog, SendHistory } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /contacts/{contact}/timeline`: what happened to one contact, oldest first. Ids and codes, no PHI. */
export const TimelineRequest = z.strictObject({ contact: ContactId });
export type TimelineRequest = z.infer<typeof TimelineRequest>;

export type TimelinePorts = {
  readonly enrolments: Pick<EnrolmentStore, 'ofContact'>;
  readonly events: Pick<EventLog, 'since'>;
  readonly ledger: SendHistory;
};

type Entry = {
  readonly at: Instant; readonly journey: string; readonly what: string; readonly step: string; readonly reason?: string; readonly send?: string;
  /** Of a message that was put off. */
  readonly until?: Instant;
};

/** Each deferral of a send, and how it came out where it is not put off still. */
const sendEntries = (send: SendRecord): readonly Entry[] => {
  const of = { journey: send.journey, step: send.step, send: referenceOf(send) };
  return [
    ...(send.putOff ?? []).map(({ at, reason, until }) => ({ ...of, at, what: 'put-off', reason, until })),
    ...(send.status === 'DEFERRED' ? []
      : [{ ...of, at: send.decidedAt, what: send.status === 'REFUSED' ? 'refused' : 'sent', reason: send.reason }]),
  ];
};

/** Where an event belongs: a step, a name, fields. A segment's name is not told. */
const placeOf = (event: ContactEvent): string => {
  switch (event.type) {
    case 'click': return `${event.step}/${event.link}`;
    case 'api': return event.name;
    case 'change': return event.fields.join(',');
    case 'segment': return `${event.change}/${event.segment}`;
    default: return event.step;
  }
};

const beginning = '0000-01-01T00:00:00.000Z' as Instant;

export const readTimeline = (ports: TimelinePorts) => async ({ contact }: TimelineRequest): Promise<ApiAnswer> => {
  const [enrolments, events, sends] = await Promise.all([
    ports.enrolments.ofContact(contact), ports.events.since(contact, beginning), ports.ledger.ofContact(contact),
  ]);
  const entries: Entry[] = [
    ...enrolments.flatMap((run) => [
      { at: run.enteredAt, journey: run.journey, what: 'entered', step: '' },
      ...Object.entries(run.visited).map(([step, visit]) => ({ at: readVisit(visit).at, journey: run.journey, what: 'step', step })),
      ...(run.endedAt === undefined ? [] : [{ at: run.endedAt, journey: run.journey, what: run.status.toLowerCase(), step: run.step, reason: run.ended ?? '' }]),
    ]),
    ...sends.flatMap(sendEntries),
    ...events.map((event) => ({
      at: event.at, journey: '', what: event.type, step: placeOf(event),
    })),
  ];
  const order = ['entered', 'step', 'click', 'open', 'bounce', 'api', 'change', 'segment', 'put-off', 'refused', 'sent'];
  const rank = (what: string): number => (order.includes(what) ? order.indexOf(what) : order.length);
  entries.sort((a, b) => (a.at === b.at ? rank(a.what) - rank(b.what) : a.at < b.at ? -1 : 1));
  return { status: 200, json: { contact, entries } };
};
