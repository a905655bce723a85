import type { Contact } from './contact.ts';
import { type EpochMs, parseInstant } from './civil.ts';
import { birthday, hasReached } from './zone.ts';

/** True when `at` is set and not later than the decision: at the same instant it has happened. */
export const occurred = (now: EpochMs, at: string | null): boolean => at !== null && parseInstant(at) <= now;

/** Half-open: in force from `start` on, no longer at `end`. */
export const active = (now: EpochMs, start: string | null, end: string | null): boolean =>
  occurred(now, start) && !occurred(now, end);

export const adultAge = 18;

/** Under 18 on the local date of `at` and not emancipated; without a birth date an adult. */
export const isMinorAt = (contact: Contact, at: EpochMs): boolean =>
  contact.birth_date !== null &&
  !contact.emancipated &&
  !hasReached(contact.time_zone, at, birthday(contact.birth_date, adultAge));
