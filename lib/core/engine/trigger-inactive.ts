import type { TriggerOf } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import { addDuration } from '../window/span.ts';
import type { ContactEvent } from './event.ts';

/** Whether a person did something: opened or followed a mail, or was active elsewhere. */
const isEngagement = (event: ContactEvent): boolean =>
  event.type === 'api' || ((event.type === 'click' || event.type === 'open') && !event.automated);

/** When the contact was last active; undefined where it never was. */
export const lastActive = (events: readonly ContactEvent[]): Instant | undefined =>
  events.filter(isEngagement).map(({ at }) => at).sort().at(-1);

/** When the contact has been inactive for so long, if nothing comes in between; days are those of the contact's zone. */
export const inactiveAt = (trigger: TriggerOf<'inactive'>, since: Instant, zone: string | null): Instant =>
  addDuration(since, trigger.for, zone);

/** What a timer that was set for the end of the time comes to: the time is over, or it runs from a later moment on. */
export const inactivity = (
  trigger: TriggerOf<'inactive'>, due: Instant, events: readonly ContactEvent[], zone: string | null,
): { readonly kind: 'over' } | { readonly kind: 'later'; readonly due: Instant } => {
  const last = lastActive(events);
  const later = last === undefined ? undefined : inactiveAt(trigger, last, zone);
  return later === undefined || later <= due ? { kind: 'over' } : { kind: 'later', due: later };
};
