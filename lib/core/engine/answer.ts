import type { EventFilter } from '../event/filter.ts';
import { passesFilter } from '../event/filter.ts';
import type { Awaited, Plan } from '../journey/plan.ts';
import { stepOf } from '../journey/walk.ts';
import type { FieldReader } from '../segment/condition.ts';
import type { Instant } from '../time.ts';
import type { Enrolment, Waiter } from './enrolment.ts';
import { legBegan, readVisit } from './enrolment.ts';
import type { ContactEvent, EventOf } from './event.ts';
import { settled } from './scanner.ts';

/** What it takes to tell whether an event answers a waiter. */
export type Knowing = {
  readonly now: Instant;
  /** Needed where a waiter has a filter: without it, no event answers that one. */
  readonly plan?: Plan | undefined;
  /** The attributes of an event, where they are at hand. */
  readonly attributesOf?: (event: EventOf<'api'>) => FieldReader | undefined;
  /** The zone of the contact's record, on whose calendar dates among the attributes are compared. */
  readonly zone?: string | null;
};

/** An event, and the waiter that it answers. */
export type Answer = { readonly waiter: Waiter; readonly event: ContactEvent };

/** What the author wrote of a waiter of the step at which the enrolment stands. */
export const awaitedBy = (plan: Plan, { step: id }: Pick<Enrolment, 'step'>, { label }: Waiter): Awaited | undefined => {
  const step = stepOf(plan, id);
  return step.kind === 'wait-for-event' ? step.events.find((one) => one.label === label)?.on : undefined;
};

const filterOf = (enrolment: Enrolment, waiter: Waiter, { plan }: Knowing): EventFilter | undefined => {
  const on = plan === undefined ? undefined : awaitedBy(plan, enrolment, waiter);
  return on?.type === 'api' ? on.where : undefined;
};

const isOf = (event: { readonly enrolment: string; readonly step: string }, enrolment: Enrolment, of: string): boolean =>
  event.enrolment === enrolment.enrolment && event.step === of;

/** By type of waiter, whether an event answers it. That a condition came true is no event. */
const answering: { readonly [T in Waiter['type']]:
  (waiter: Extract<Waiter, { type: T }>, event: ContactEvent, enrolment: Enrolment, knowing: Knowing) => boolean } = {
  click: ({ of, link }, event, enrolment) =>
    event.type === 'click' && !event.automated && isOf(event, enrolment, of) && (link === undefined || link === event.link),
  open: ({ of }, event, enrolment) => event.type === 'open' && !event.automated && isOf(event, enrolment, of),
  bounce: ({ of }, event, enrolment) => event.type === 'bounce' && isOf(event, enrolment, of),
  api: (waiter, event, enrolment, knowing) => {
    if (event.type !== 'api' || event.name !== waiter.name) return false;
    if (waiter.filtered === undefined) return true;
    const filter = filterOf(enrolment, waiter, knowing);
    const read = event.sealed === undefined ? () => undefined : knowing.attributesOf?.(event);
    return filter !== undefined && read !== undefined && passesFilter(filter, read, { now: knowing.now, zone: knowing.zone ?? null });
  },
  change: ({ field }, event) => event.type === 'change' && event.fields.includes(field),
  segment: ({ segment, change }, event) => event.type === 'segment' && event.segment === segment && event.change === change,
  passes: () => false,
};

const answers = (waiter: Waiter, event: ContactEvent, enrolment: Enrolment, knowing: Knowing): boolean =>
  answering[waiter.type](waiter as never, event, enrolment, knowing);

/** From when on an event counts: what happens to a mail since it was sent, anything else since the contact set out on this leg. */
export const countsSince = (waiter: Waiter, enrolment: Enrolment): Instant => {
  const sent = 'of' in waiter ? enrolment.visited[waiter.of] : undefined;
  return sent === undefined ? legBegan(enrolment) : readVisit(sent).at;
};

/** From when on events are read to find the answer to one of the waiters; undefined without waiters. */
export const readSince = (enrolment: Enrolment): Instant | undefined =>
  (enrolment.waiters ?? []).map((waiter) => countsSince(waiter, enrolment)).sort()[0];

/** The first of the enrolment's waiters, in the author's order, that one of these events answers. */
export const answeredBy = (enrolment: Enrolment, events: readonly ContactEvent[], knowing: Knowing): Answer | undefined => {
  const counting = settled(events, knowing.now);
  for (const waiter of enrolment.waiters ?? []) {
    const since = countsSince(waiter, enrolment);
    const event = counting.find((one) => one.at >= since && answers(waiter, one, enrolment, knowing));
    if (event !== undefined) return { waiter, event };
  }
  return undefined;
};
