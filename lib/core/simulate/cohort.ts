import * as z from 'zod';
import { ConsentRecord } from '../consent/records.ts';
import type { ContactRecord } from '../contact/record.ts';
import { Standing } from '../contact/record.ts';
import { recordFacts } from '../contact/fields.ts';
import { base32 } from '../digest.ts';
import { AttributeName } from '../event/filter.ts';
import { ContactId, EventName, Name } from '../ids.ts';
import { readIntake, toRecord } from '../intake/contact.ts';
import type { Fault } from '../intake/contact.ts';
import { dotted } from '../intake/refusal.ts';
import { noFacts } from '../segment/facts.ts';
import { membersOf, selectingOf } from '../segment/members.ts';
import type { Segment } from '../segment/segment.ts';
import type { Instant } from '../time.ts';
import { parseInstant } from '../offset-instant.ts';
import type { Person } from './world.ts';

const At = z.iso.datetime({ offset: true }).transform(parseInstant);

const Attributes = z.record(AttributeName, z.union([z.string(), z.number(), z.boolean()]));

/** Something that happens whatever is sent: recorded, or made up. */
const Happens = z.union([
  z.strictObject({ at: At, click: Name, of: Name }),
  z.strictObject({ at: At, open: Name }),
  z.strictObject({ at: At, joins: Name }),
  z.strictObject({ at: At, leaves: Name }),
  z.strictObject({ at: At, event: EventName, attributes: Attributes.optional() }),
]);

const Stored = Standing.shape.consents.element;

/** What a member of a cohort may say beside what an import says. */
const Extra = z.object({
  /** Default: when the simulation starts. */
  entersAt: At.optional(),
  /** Of the event that enters the contact, as the API takes them. */
  attributes: Attributes.default({}),
  /** Segments that nothing of the record selects. */
  segments: z.array(Name).default([]),
  consents: z.array(ConsentRecord.refine((record) => Stored.safeParse(record).success)).default([]),
  happens: z.array(Happens).default([]),
});

const extras = Object.keys(Extra.shape);

/** A member, and what the reader calls it: its source. */
export type Member = { readonly person: Person; readonly source: string };
export type ReadMember = { readonly member: Member } | { readonly faults: readonly (Fault | { readonly code: 'field.invalid'; readonly path: string })[] };

/** An id that stands for the place in the cohort: the same cohort behaves alike each time. */
export const contactAt = (index: number): ContactId => {
  const bytes = new Uint8Array(17);
  new DataView(bytes.buffer).setUint32(12, index);
  return ContactId.parse(`c_${base32(bytes, 26)}`);
};

const withConsents = (record: ContactRecord, consents: z.infer<typeof Extra>['consents']): ContactRecord =>
  ({ ...record, standing: { ...record.standing, consents: [...record.standing.consents, ...consents.map((one) => Stored.parse(one))] } });

/** Reads one member: a contact as the API imports it, with what a simulation may say beside. */
export const readMember = (
  value: unknown, index: number, { start, segments }: { readonly start: Instant; readonly segments: readonly Pick<Segment, 'segment' | 'where'>[] },
): ReadMember => {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const intake = readIntake(Object.fromEntries(given.filter(([key]) => !extras.includes(key))), start);
  if ('faults' in intake) return intake;
  const extra = Extra.safeParse(Object.fromEntries(given.filter(([key]) => extras.includes(key))));
  if (!extra.success) return { faults: extra.error.issues.map(({ path }) => ({ code: 'field.invalid', path: dotted(path) })) };
  const { entersAt = start, attributes, consents, happens } = extra.data;
  const record = withConsents(toRecord(intake.contact, start), consents);
  const { names: selected } = membersOf(selectingOf(segments), { ...noFacts(start), ...recordFacts(record, start), segments: new Set(extra.data.segments) });
  return {
    member: {
      source: intake.contact.source,
      person: {
        contact: contactAt(index), record, entersAt, attributes, recent: [], segments: [...new Set([...selected, ...extra.data.segments])],
        happenings: happens.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))),
      },
    },
  };
};
