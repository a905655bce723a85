import * as z from 'zod';
import { calendarZone } from '../contact/calendar.ts';
import type { FieldReader } from '../segment/condition.ts';
import { AttributeCondition } from '../segment/condition.ts';
import { judgeValue } from '../segment/value.ts';
import type { Instant } from '../time.ts';
import { millisecondsOf } from '../time.ts';

/** What an event carries beside its name: `appointmentId`. */
export const AttributeName = z.string().max(60).regex(/^[a-z][A-Za-z0-9]*$/u);
export type AttributeName = z.infer<typeof AttributeName>;

/** Which events of a name are meant: those whose attributes fit all of these tests. */
export const EventFilter = z.array(AttributeCondition).min(1).max(10).readonly();
export type EventFilter = z.infer<typeof EventFilter>;

/** When and on which calendar a filter is judged; `zone` is that of the contact's record. */
export type FilterDay = { readonly now: Instant; readonly zone: string | null };

/** Whether an event passes. A value that is missing, or of another type than a test wants, passes no test but `exists: false`. */
export const passesFilter = (filter: EventFilter, read: FieldReader, { now, zone }: FilterDay): boolean =>
  filter.every((test) =>
    judgeValue(test, read(test.attribute), { now: millisecondsOf(now), zone: calendarZone(zone) }).result === 'yes');
