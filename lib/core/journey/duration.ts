import * as z from 'zod';

/** Months and days are added on the calendar of the contact's zone, hours and minutes on the clock. */
export const Duration = z.strictObject({
  /** Absent for none. The day is that of the month, or the last one of a shorter month. */
  months: z.int().min(1).max(120).optional(),
  days: z.int().min(0).max(3650),
  hours: z.int().min(0).max(87_600),
  minutes: z.int().min(0).max(5_256_000),
});
export type Duration = z.infer<typeof Duration>;

const parts = [
  String.raw`[1-9]\d? months?`, String.raw`[1-9]\d? weeks?`, String.raw`[1-9]\d{0,2} days?`,
  String.raw`[1-9]\d{0,3} hours?`, String.raw`[1-9]\d{0,5} minutes?`,
];

/** A part, and smaller ones behind it. */
const startingWith = (index: number): string =>
  parts.slice(index).map((part, at) => (at === 0 ? part : `(?: ${part})?`)).join('');

const form = new RegExp(`^(?:${parts.map((_, index) => startingWith(index)).join('|')})$`, 'u');

/** A span in words: `7 days`, `2 weeks`, `1 month`, `1 day 6 hours 30 minutes`; larger units first. */
export const DurationText = z.string()
  .regex(form, 'a duration like "7 days", "2 weeks", "1 month", "90 minutes" or "1 day 6 hours" is expected')
  .describe('A span in words: "7 days", "2 weeks", "1 month", "90 minutes" or "1 day 6 hours". Days, weeks and months are those of the contact\'s calendar.');

const count = (text: string, unit: string): number => Number(new RegExp(`(\\d+) ${unit}`, 'u').exec(text)?.[1] ?? 0);

/** Reads what {@link DurationText} accepts. */
export const durationOf = (text: string): Duration => {
  const months = count(text, 'month');
  return {
    ...(months === 0 ? {} : { months }),
    days: count(text, 'week') * 7 + count(text, 'day'), hours: count(text, 'hour'), minutes: count(text, 'minute'),
  };
};

/** Days of the shortest month. */
const leastDays = 28;

/** The shortest time the span can take, in minutes; a day of a daylight-saving change has 23 hours. */
export const leastMinutes = ({ months = 0, days, hours, minutes }: Duration): number =>
  (months * leastDays + days) * 23 * 60 + hours * 60 + minutes;
