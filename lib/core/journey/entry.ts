import * as z from 'zod';
import { EventFilter } from '../event/filter.ts';
import { EventName, Name } from '../ids.ts';
import { AttributeCondition, Condition } from '../segment/condition.ts';
import { DurationText, durationOf } from './duration.ts';
import { defaultZone, IanaZone } from './kinds/until.ts';
import type { Plan, Trigger } from './plan.ts';
import { DayTime, ValueName } from './plan.ts';

const because = z.string().min(1).max(500).describe('Why this use of their data is allowed.');
const basis = { source: z.string().min(1).max(300).describe('Where the data that the trigger reads comes from.'), because };

const List = z.strictObject({
  segment: Name.describe('Members of this segment may be enrolled, on request.'), ...basis,
}).describe('A list or segment, sent in on request.');

const Joins = z.strictObject({ joins: Name.describe('The segment that a contact joins.'), ...basis })
  .describe('A contact joins a segment.');

const Form = z.strictObject({
  form: Name.describe('The form; its submission is reported through the API as the event form.<name>.'), ...basis,
}).describe('A contact submits a form.');

const Event = z.strictObject({
  event: EventName.describe('An event reported through the API, like appointment.booked.'),
  where: z.union([AttributeCondition, EventFilter]).optional().describe('A test on its attributes, or a list of tests that all hold.'),
  updatedBy: z.array(EventName).min(1).max(10).optional()
    .describe('Events of the same key that replace the attributes of the run: appointment.rescheduled.'),
  ...basis,
}).describe('An event is reported: scheduling, a discharge, a care interval.');

const leapDays = ['february-28', 'march-1'] as const;

const OnDate = z.strictObject({
  field: ValueName.describe('A field of the contact that holds a date or an instant.'),
  before: DurationText.optional().describe('How long before that date; on the day itself where neither is given.'),
  after: DurationText.optional().describe('How long after that date.'),
  time: DayTime.describe('The time of day: "09:00".'),
  zone: z.union([z.literal('contact'), IanaZone]).default('contact')
    .describe('`contact`, the zone of each contact\'s record, or an IANA name like America/Chicago.'),
  fallbackZone: IanaZone.optional().describe(`For a contact whose record has no zone; ${defaultZone} where it is left out.`),
  yearly: z.boolean().default(false).describe('On each anniversary of the date, like a birthday.'),
  leapDay: z.enum(leapDays).optional()
    .describe('The day of a common year on which 29 February is kept; march-1 where it is left out.'),
}).refine(({ before, after }) => before === undefined || after === undefined, { path: ['after'], error: 'state `before` or `after`, not both' });

const Dated = z.strictObject({ date: OnDate, ...basis }).describe('A date of the contact comes, once or every year.');

const Becomes = z.strictObject({ becomes: Condition.describe('The condition that comes true.'), ...basis })
  .describe('A condition comes true. Whoever fulfils it already is not entered.');

const Inactive = z.strictObject({
  inactive: z.strictObject({ for: DurationText }).describe('No open, no click and no event of the contact for so long.'), ...basis,
}).describe('A contact has been inactive.');

const HandOver = z.strictObject({
  handOver: z.strictObject({ from: z.array(Name).min(1).max(20).describe('The journeys that may hand contacts over.') }), ...basis,
}).describe('Another journey hands a contact over.');

export const TriggerDocument = z.union([List, Joins, Form, Event, Dated, Becomes, Inactive, HandOver])
  .describe('One way in, with the source of its data and the reason why its use is allowed.');
export type TriggerDocument = z.infer<typeof TriggerDocument>;

export const triggerKeys = ['segment', 'joins', 'form', 'event', 'date', 'becomes', 'inactive', 'handOver'] as const;

/** One list by itself. Format 1 does not ask for its source, so a check does of the formats after it. */
const OneList = z.strictObject({ segment: List.shape.segment, source: basis.source.optional(), because });

export const EnterDocument = z.union([OneList, z.array(TriggerDocument).min(1).max(20)]).describe('Who enters, and when.');
export type EnterDocument = z.infer<typeof EnterDocument>;

/** The ways in of a document, each with its path. */
export const waysIn = (enter: EnterDocument): readonly { readonly path: string; readonly way: TriggerDocument | z.infer<typeof OneList> }[] =>
  (Array.isArray(enter) ? enter.map((way, index) => ({ path: `enter[${index}]`, way })) : [{ path: 'enter', way: enter }]);

/** What a form's submission is reported as. */
export const formEvent = (form: Name): EventName => `form.${form}`;

const nothing = { days: 0, hours: 0, minutes: 0 };

const dateTrigger = ({ date }: z.infer<typeof Dated>) => {
  const by = date.before ?? date.after;
  return {
    field: date.field,
    side: date.before === undefined ? 'after' as const : 'before' as const,
    by: by === undefined ? nothing : durationOf(by),
    time: date.time,
    zone: date.zone,
    fallbackZone: date.fallbackZone ?? (date.zone === 'contact' ? defaultZone : date.zone),
    ...(date.yearly ? { yearly: { leapDay: date.leapDay ?? 'march-1' } } : {}),
  };
};

/** The trigger of a way in; undefined for a list, which enters on request. */
export const triggerOf = (way: ReturnType<typeof waysIn>[number]['way']): Trigger | undefined => {
  if ('segment' in way) return undefined;
  const { source, because: reason } = way;
  const base = { source, because: reason };
  if ('joins' in way) return { ...base, kind: 'joins', segment: way.joins };
  if ('form' in way) return { ...base, kind: 'event', event: formEvent(way.form) };
  if ('event' in way) {
    return {
      ...base, kind: 'event', event: way.event,
      ...(way.where === undefined ? {} : { where: 'attribute' in way.where ? [way.where] : way.where }),
      ...(way.updatedBy === undefined ? {} : { updatedBy: way.updatedBy }),
    };
  }
  if ('date' in way) return { ...base, kind: 'date', ...dateTrigger(way) };
  if ('becomes' in way) return { ...base, kind: 'becomes', when: way.becomes };
  if ('inactive' in way) return { ...base, kind: 'inactive', for: durationOf(way.inactive.for) };
  return { ...base, kind: 'hand-over', from: way.handOver.from };
};

/** The list of a document, from which contacts are entered on request. */
export const listOf = (enter: EnterDocument): Plan['enter'] =>
  waysIn(enter).flatMap(({ way }) => ('segment' in way ? [way] : []))[0];
