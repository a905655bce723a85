import * as z from 'zod';
import { ContactId } from '../ids.ts';
import { Instant } from '../time.ts';

/**
 * What a timer is for: `review`, a condition that time alone may change; `trigger`, the date or the inactivity that
 * enters a contact into a journey; `clicks`, the moment at which it shows whether a person followed a link.
 */
export const timerKinds = ['review', 'trigger', 'clicks'] as const;
export const TimerKind = z.enum(timerKinds);
export type TimerKind = z.infer<typeof TimerKind>;

/** A moment at which something about a contact is looked at again. One for each kind and name; no PHI. */
export const Timer = z.strictObject({
  contact: ContactId,
  kind: TimerKind,
  /** Tells timers of one kind apart: opaque ids and names of the app. */
  name: z.string().min(1).max(200),
  due: Instant,
});
export type Timer = z.infer<typeof Timer>;
