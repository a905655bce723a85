import { referenceOf } from '../audit/receipt.ts';
import { csvOf } from '../csv.ts';
import type { Instant } from '../time.ts';
import type { Enrolment } from './enrolment.ts';
import { readVisit } from './enrolment.ts';
import type { ContactEvent } from './event.ts';
import { eventKey } from './event.ts';
import { settled } from './scanner.ts';
import type { SendRecord } from './send.ts';

/** Something that happened to one contact. Ids and codes, no PHI. */
export type Entry = {
  readonly at: Instant; readonly journey: string; readonly what: string; readonly step: string; readonly reason?: string; readonly send?: string;
  /** Of a message that was put off. */
  readonly until?: Instant;
};

const runEntries = (run: Enrolment): readonly Entry[] => [
  { at: run.enteredAt, journey: run.journey, what: 'entered', step: '' },
  ...Object.entries(run.visited).map(([step, visit]) => ({ at: readVisit(visit).at, journey: run.journey, what: 'step', step })),
  ...(run.endedAt === undefined ? [] : [{ at: run.endedAt, journey: run.journey, what: run.status.toLowerCase(), step: run.step, reason: run.ended ?? '' }]),
];

/** Each deferral of a send, how it came out where it is not put off still, and what became of the mail. */
const sendEntries = (send: SendRecord): readonly Entry[] => {
  const of = { journey: send.journey, step: send.step, send: referenceOf(send) };
  return [
    ...(send.putOff ?? []).map(({ at, reason, until }) => ({ ...of, at, what: 'put-off', reason, until })),
    ...(send.status === 'DEFERRED' ? []
      : [{ ...of, at: send.decidedAt, what: send.status === 'REFUSED' ? 'refused' : 'sent', reason: send.reason }]),
    ...(send.deliveredAt === undefined ? [] : [{ ...of, at: send.deliveredAt, what: 'delivered' }]),
    ...(send.bouncedAt === undefined ? [] : [{ ...of, at: send.bouncedAt, what: 'bounced' }]),
    ...(send.complainedAt === undefined ? [] : [{ ...of, at: send.complainedAt, what: 'complained' }]),
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

/** A click or an open of a program that inspects mail, rather than of the person, says so. */
const kindOf = (event: ContactEvent): string => ('automated' in event && event.automated ? `scanner ${event.type}` : event.type);

/**
 * The events, those of scanners marked, and the last one that each run went on with; a click of which it does not show yet
 * who made it stands as it is.
 */
const eventEntries = (events: readonly ContactEvent[], runs: readonly Enrolment[], now: Instant): readonly Entry[] => {
  const judged = new Map(settled(events, now).map((event) => [eventKey(event), event]));
  return events.map((event) => {
    const key = eventKey(event);
    const own = runs.find((run) => 'enrolment' in event && run.enrolment === event.enrolment);
    const woken = runs.some(({ wokenBy }) => wokenBy === key);
    return {
      at: event.at, journey: own?.journey ?? '', what: kindOf(judged.get(key) ?? event), step: placeOf(event), ...(woken ? { reason: 'woke' } : {}),
    };
  });
};

/** What comes first where several things are of one instant. */
const order = [
  'entered', 'step', 'scanner open', 'scanner click', 'open', 'click', 'bounce', 'api', 'change', 'segment', 'put-off', 'refused', 'sent', 'delivered', 'bounced',
];

const rank = ({ what }: Entry): number => (order.includes(what) ? order.indexOf(what) : order.length);

/** What happened to a contact, oldest first. */
export const timelineOf = (
  runs: readonly Enrolment[], sends: readonly SendRecord[], events: readonly ContactEvent[], now: Instant,
): readonly Entry[] =>
  [...runs.flatMap(runEntries), ...sends.flatMap(sendEntries), ...eventEntries(events, runs, now)]
    .sort((one, other) => (one.at === other.at ? rank(one) - rank(other) : one.at < other.at ? -1 : 1));

export const timelineCsv = (entries: readonly Entry[]): string => csvOf(
  ['at', 'what', 'step', 'reason', 'until', 'journey', 'send'],
  entries.map(({ at, what, step, reason = '', until = '', journey, send = '' }) => [at, what, step, reason, until, journey, send]),
);
