import * as z from 'zod';
import type { Duration } from './plan.ts';

const days = String.raw`[1-9]\d{0,2} days?`;
const hours = String.raw`[1-9]\d{0,3} hours?`;
const minutes = String.raw`[1-9]\d{0,5} minutes?`;
const form = new RegExp(
  `^(?:${days}(?: ${hours})?(?: ${minutes})?|${hours}(?: ${minutes})?|${minutes})$`, 'u',
);

/** A span in words: `7 days`, `3 hours`, `1 day 6 hours 30 minutes`; up to 999 days. */
export const DurationText = z.string()
  .regex(form, 'a duration like "7 days", "3 hours", "90 minutes" or "1 day 6 hours" is expected')
  .describe('A span in words: "7 days", "3 hours", "90 minutes" or "1 day 6 hours". Days are days of the contact\'s calendar.');

const count = (text: string, unit: string): number => Number(new RegExp(`(\\d+) ${unit}`, 'u').exec(text)?.[1] ?? 0);

/** Reads what {@link DurationText} accepts. */
export const durationOf = (text: string): Duration => ({
  days: count(text, 'day'), hours: count(text, 'hour'), minutes: count(text, 'minute'),
});

/** The shortest time the span can take, in minutes; a day of a daylight-saving change has 23 hours. */
export const leastMinutes = (span: Duration): number => span.days * 23 * 60 + span.hours * 60 + span.minutes;
