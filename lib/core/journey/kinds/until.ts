import * as z from 'zod';
import { OffsetInstant } from '../../offset-instant.ts';
import { isZone } from '../../window/zone.ts';
import { DurationText, durationOf } from '../duration.ts';
import { DayTime, MonthDay, Otherwise, ValueName, WallTime, Weekday } from '../plan.ts';

/** For a contact whose record has no zone, where the author names no other. */
export const defaultZone = 'America/New_York';

export const IanaZone = z.string().max(60).refine(isZone, 'an IANA time zone like "America/Chicago" is expected');

const Between = z.tuple([WallTime, WallTime])
  .refine(([from, to]) => from < to, 'the first time must come before the second on the same day; "24:00" is midnight');

const zoned = {
  zone: z.union([z.literal('contact'), IanaZone])
    .describe('`contact`, the zone of each contact\'s record, or an IANA name like America/Chicago.'),
  fallbackZone: IanaZone.optional()
    .describe(`For a contact whose record has no zone; ${defaultZone} where it is left out.`),
};

const ifPast = Otherwise
  .describe('Where the moment is past already: `go-on`, `skip` the send that follows, or `exit` the journey.');
const ifMissing = Otherwise.describe('Where there is no value: `go-on`, `skip` the send that follows, or `exit` the journey.');

const Window = z.strictObject({
  on: z.array(Weekday).min(1).max(7).optional().describe('Days of the week; any day where it is left out.'),
  days: z.array(MonthDay).min(1).max(32).optional()
    .describe('Days of the month, 1 to 31, or `last`; any day where it is left out. Beside `on`, a day must be among both.'),
  between: Between.describe('Opening and closing time, ["12:00", "14:00"]; the closing minute is outside.'),
  ...zoned,
}).describe('Until a time of day on certain days; passes at once where it is that time already.');

const Instant = z.strictObject({
  at: OffsetInstant.describe('An instant with its offset from UTC: "2026-12-01T09:00:00-05:00".'),
  ifPast,
}).describe('Until an instant, the same for everybody.');

const LocalTime = z.strictObject({
  date: z.iso.date('a date is expected, like "2026-12-01"').describe('A date: "2026-12-01".'),
  time: DayTime.describe('A time of day: "09:00".'),
  ...zoned,
  ifPast,
}).describe('Until a date and time on the clock of a zone.');

const by = DurationText.optional().describe('How far from the value, like "3 days"; none where it is left out.');

const Anchor = z.union([
  z.strictObject({ field: ValueName.describe('A field of the contact that holds a date or an instant.'), by }),
  z.strictObject({ attribute: ValueName.describe('An attribute of the event that the run began with.'), by }),
]);
export type Anchor = z.infer<typeof Anchor>;

const relative = {
  time: DayTime.optional()
    .describe('The time of day on that date; the time of day of the value itself where it is left out.'),
  ...zoned,
  ifPast,
  ifMissing,
};

/** A date has a time of day or a distance in hours, not both. */
const isClear = (by: string | undefined, time: string | undefined): boolean => {
  if (by === undefined || time === undefined) return true;
  const { hours, minutes } = durationOf(by);
  return hours === 0 && minutes === 0;
};
const unclear = { path: ['time'], error: 'leave out `time`, or count in days, weeks and months: hours lead to a time of day of their own' };

const Before = z.strictObject({ before: Anchor, ...relative })
  .refine(({ before, time }) => isClear(before.by, time), unclear)
  .describe('Until some time before a date or an instant of the contact or of the run.');
const After = z.strictObject({ after: Anchor, ...relative })
  .refine(({ after, time }) => isClear(after.by, time), unclear)
  .describe('Until some time after a date or an instant of the contact or of the run.');

export const Until = z.union([Window, Instant, LocalTime, Before, After]);
export type Until = z.infer<typeof Until>;
