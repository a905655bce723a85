import * as z from 'zod';
import { isZone } from '../../window/zone.ts';
import { type StepOf, WallTime, Weekday } from '../plan.ts';
import { identified, type Place, type Placed } from './common.ts';

/** For a contact whose record has no zone, where the author names no other. */
const defaultZone = 'America/New_York';

const IanaZone = z.string().max(60).refine(isZone, 'an IANA time zone like "America/Chicago" is expected');

const Between = z.tuple([WallTime, WallTime])
  .refine(([from, to]) => from < to, 'the first time must come before the second on the same day; "24:00" is midnight');

export const WaitUntilDocument = z.strictObject({
  ...identified,
  waitUntil: z.strictObject({
    on: z.array(Weekday).min(1).max(7).optional().describe('Days of the week; any day where it is left out.'),
    between: Between.describe('Opening and closing time, ["12:00", "14:00"]; the closing minute is outside.'),
    zone: z.union([z.literal('contact'), IanaZone])
      .describe('`contact`, the zone of each contact\'s record, or an IANA name like America/Chicago.'),
    fallbackZone: IanaZone.optional()
      .describe(`For a contact whose record has no zone; ${defaultZone} where it is left out.`),
  }),
}).describe('Waits until a time of day on certain days; passes at once where it is that time already.');

export const explainWaitUntil = (
  { waitUntil }: z.infer<typeof WaitUntilDocument>, { id, path, following }: Place,
): Placed<StepOf<'wait'>> => ({
  path,
  names: [],
  step: {
    kind: 'wait',
    id,
    visits: 1,
    until: {
      rule: 'window',
      on: waitUntil.on ?? [],
      from: waitUntil.between[0],
      to: waitUntil.between[1],
      zone: waitUntil.zone,
      fallbackZone: waitUntil.fallbackZone ?? (waitUntil.zone === 'contact' ? defaultZone : waitUntil.zone),
    },
    next: following,
  },
});
