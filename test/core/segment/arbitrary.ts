import * as fc from 'fast-check';
import { recordFacts } from '../../../lib/core/contact/fields.ts';
import type { ContactRecord } from '../../../lib/core/contact/record.ts';
import type { ContactEvent } from '../../../lib/core/engine/event.ts';
import type { AttributeCondition, Condition, FieldCondition } from '../../../lib/core/segment/condition.ts';
import { type Facts, noFacts } from '../../../lib/core/segment/facts.ts';
import { type Instant, instantOf } from '../../../lib/core/time.ts';
import { someRecord } from '../../fixtures/contact.ts';

const run = { enrolment: 'e_00000000000000000000000001', journey: 'here' };
const elsewhere = { enrolment: 'e_00000000000000000000000002', journey: 'elsewhere' };

const span = fc.constantFrom('1 day', '30 days', '200 days', '6 hours', '1 day 6 hours', '90 minutes', '2 days 30 minutes');
const year = fc.constantFrom(1958, 1999, 2000, 2024, 2025, 2026, 2027);
const month = fc.integer({ min: 1, max: 12 });
const date = fc.tuple(year, month, fc.integer({ min: 1, max: 28 })).map(([y, m, d]) =>
  `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
const birthDate = fc.oneof(date, fc.constantFrom('2000-02-29', '2028-02-29', '2030-06-01'));

export const instants: fc.Arbitrary<Instant> =
  fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2029-01-01') }).map(instantOf);

const dateTests = fc.oneof(
  span.map((inLast) => ({ inLast })), span.map((inNext) => ({ inNext })), span.map((olderThan) => ({ olderThan })),
  date.map((before) => ({ before })), date.map((after) => ({ after })),
);
const plainTests = fc.oneof(
  fc.constantFrom('en', 'es', 65, true).map((equals) => ({ equals })),
  fc.constant({ oneOf: ['es', 26] }),
  fc.constantFrom(18, 26, 65).map((atLeast) => ({ atLeast })), fc.constantFrom(17, 25, 64).map((atMost) => ({ atMost })),
  fc.boolean().map((exists) => ({ exists })),
);

const fields: fc.Arbitrary<FieldCondition> = fc.oneof(
  fc.tuple(fc.constantFrom('birthDate', 'planEndsOn'), dateTests).map(([field, test]) => ({ field, ...test })),
  fc.tuple(fc.constantFrom('age', 'language', 'planYear', 'birthDate'), plainTests).map(([field, test]) => ({ field, ...test })),
  fc.constant({ field: 'conditions', includes: '44054006' }),
);
const attributes: fc.Arbitrary<AttributeCondition> = fc.oneof(
  dateTests.map((test) => ({ attribute: 'on', ...test })), plainTests.map((test) => ({ attribute: 'amount', ...test })),
);

const mail = fc.record(
  { of: fc.constantFrom('first', 'second'), journey: fc.constantFrom('here', 'elsewhere'), within: span }, { requiredKeys: [] },
);

const leaves: fc.Arbitrary<Condition> = fc.oneof(
  fields,
  attributes,
  fc.constantFrom('yes', 'timeout').map((outcome) => ({ outcome })),
  fc.constantFrom('members', 'guests').map((segment) => ({ segment })),
  mail.map((clicked) => ({ clicked })), mail.map((opened) => ({ opened })), mail.map((bounced) => ({ bounced })),
  fc.record({
    event: fc.constantFrom('portal.login', 'visit.booked'), within: span,
    where: fc.oneof(attributes, fc.array(attributes, { minLength: 1, maxLength: 2 })),
  }, { requiredKeys: ['event'] }),
);

/** Conditions of every form. */
export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
})).condition;

const events: fc.Arbitrary<ContactEvent> = fc.oneof(
  fc.record({
    type: fc.constant('click' as const), id: fc.uuid(), at: instants,
    enrolment: fc.constantFrom(run.enrolment, elsewhere.enrolment), step: fc.constantFrom('first', 'second'),
    link: fc.constantFrom('webinar', 'more'), automated: fc.boolean(), links: fc.constantFrom(1, 2, 3),
  }),
  fc.record({
    type: fc.constant('open' as const), id: fc.uuid(), at: instants, enrolment: fc.constant(run.enrolment), step: fc.constant('first'),
    automated: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('bounce' as const), id: fc.uuid(), at: instants, enrolment: fc.constant(elsewhere.enrolment),
    step: fc.constant('first'), kind: fc.constantFrom('hard', 'soft'),
  }),
  fc.record({ type: fc.constant('api' as const), id: fc.uuid(), at: instants, name: fc.constantFrom('portal.login', 'visit.booked') }),
);

const values = fc.record(
  { amount: fc.constantFrom<unknown>(26, 'es', 100), on: fc.oneof<fc.Arbitrary<unknown>[]>(date, instants, fc.constant('soon')) },
  { requiredKeys: [] },
);

/** What may be known of a contact, at any instant one asks for. */
export const contacts: fc.Arbitrary<(now: Instant) => Facts> = fc.record({
  zone: fc.constantFrom(null, 'America/New_York', 'Pacific/Auckland', 'America/Nuuk', 'Asia/Beirut', 'UTC', 'No/Where'),
  birthDate: fc.option(birthDate),
  fields: fc.record({ birthDate, planEndsOn: date, language: fc.constantFrom('en', 'es'), planYear: fc.constant(2026) }, { requiredKeys: [] }),
  segments: fc.subarray(['members', 'guests']),
  events: fc.array(events, { maxLength: 4 }),
  outcome: fc.constantFrom('yes', 'none'),
  attributes: values,
}).map(({ zone, birthDate, fields, segments, events, outcome, attributes }) => {
  const record: ContactRecord = {
    ...someRecord, fields, standing: { ...someRecord.standing, time_zone: zone, birth_date: birthDate },
  };
  const reading = (name: string): unknown => (attributes as Readonly<Record<string, unknown>>)[name];
  return (now) => ({
    ...noFacts(now), ...recordFacts(record, now),
    segments: new Set(segments), events, outcome, run,
    journeyOf: (enrolment) => [run, elsewhere].find((one) => one.enrolment === enrolment)?.journey,
    attributes: reading,
    attributesOf: ({ id }) => (id < '8' ? reading : () => undefined),
  });
});
