import type { Facts } from './derive.ts';
import { occurred } from './when.ts';
import type { Expiration } from './records.ts';

/** Past its date, or past the event that ends it; half-open, so at the very instant it is over. */
export const isExpired = ({ kind, at, event_occurred_at: eventAt }: Expiration, { now }: Facts): boolean =>
  (kind === 'date' && occurred(now, at)) || (kind === 'event' && occurred(now, eventAt));

/** Says when it ends: a date with its instant, or an event with its description. */
export const hasExpiry = ({ kind, at, event }: Expiration): boolean =>
  (kind === 'date' && at !== null) || (kind === 'event' && event !== null && event.trim() !== '');
