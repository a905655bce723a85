import * as z from 'zod';
import { recordFacts } from '../../lib/core/contact/fields.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { SegmentPorts } from '../../lib/core/engine/settle-segments.ts';
import { settleSegments } from '../../lib/core/engine/settle-segments.ts';
import { errorTable, SendwellError } from '../../lib/core/errors.ts';
import type { ErrorCode } from '../../lib/core/errors.ts';
import type { ContactId, Name } from '../../lib/core/ids.ts';
import { readIntake, toRecord } from '../../lib/core/intake/contact.ts';
import type { IntakeContact } from '../../lib/core/intake/contact.ts';
import { mergeRecord } from '../../lib/core/intake/merge.ts';
import type { Refusal } from '../../lib/core/intake/refusal.ts';
import { refusal } from '../../lib/core/intake/refusal.ts';
import type { SegmentCatalogue } from '../../lib/core/ports.ts';
import { noFacts } from '../../lib/core/segment/facts.ts';
import type { Selecting } from '../../lib/core/segment/members.ts';
import { membersOf, selectingOf } from '../../lib/core/segment/members.ts';
import { needsOf } from '../../lib/core/segment/needs.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `POST /contacts`. Each contact is checked by itself, so that good ones go in beside bad ones. */
export const PutContactsRequest = z.strictObject({ contacts: z.array(z.unknown()).min(1).max(25) });
export type PutContactsRequest = z.infer<typeof PutContactsRequest>;

export type PutContactsPorts = SegmentPorts & {
  readonly contacts: Pick<ContactStore, 'contactOfSource' | 'create' | 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  /** A fresh random id. */
  readonly newId: () => ContactId;
  readonly segments: Pick<SegmentCatalogue, 'fresh'>;
};

/** What the rows of one request share. */
type Import = Omit<PutContactsPorts, 'segments'> & { readonly selecting: readonly Selecting[] };

export type Accepted = {
  /** Counted from 1, as in the request. */
  readonly row: number;
  readonly contact: ContactId;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** The segments that the contact belongs to by its record. */
  readonly segments: readonly Name[];
};

type Refused = Omit<Refusal, 'code'> & { readonly code: Refusal['code'] | ErrorCode };
type Put = Omit<Accepted, 'row'>;

const put = async (ports: Import, intake: IntakeContact, now: Instant): Promise<Put> => {
  const known = await ports.contacts.contactOfSource(intake.source);
  if (known === undefined) {
    const contact = ports.newId();
    const record = toRecord(intake, now);
    const { names } = membersOf(ports.selecting, { ...noFacts(now), ...recordFacts(record, now) });
    await ports.contacts.create(contact, record, { memberships: names, source: intake.source, at: now });
    return { contact, outcome: 'created', segments: names };
  }
  const written = await ports.contacts.update(known, (before) => mergeRecord(before, intake, now));
  // It may tell of a death. What a crash leaves open here the check of the invariants completes.
  if (written) await ports.withdraw(known);
  // Whoever imports sees the segments at once; what else follows, those who react to the change see to.
  const needs = needsOf(...ports.selecting.map(({ where }) => where));
  const { members } = await settleSegments(ports, known, ports.selecting, { ...needs, record: true }, false);
  return { contact: known, outcome: written ? 'updated' : 'unchanged', segments: members.names };
};

const isRace = (error: unknown): boolean => error instanceof SendwellError && error.code === 'contact.changed';

/** Another request that brings the same source at the same moment is first; then this one updates what that one made. */
const putOnce = async (ports: Import, intake: IntakeContact, now: Instant): Promise<Put> => {
  try {
    return await put(ports, intake, now);
  } catch (error) {
    if (isRace(error)) return put(ports, intake, now);
    throw error;
  }
};

const putRow = async (ports: Import, row: number, intake: IntakeContact, now: Instant): Promise<Accepted | Refused> => {
  try {
    return { row, ...await putOnce(ports, intake, now) };
  } catch (error) {
    if (!(error instanceof SendwellError) || error.status >= 500) throw error;
    return { row, code: error.code, path: `contacts[${row - 1}]`, remedy: errorTable[error.code].remedy };
  }
};

/**
 * Imports up to 25 contacts. The same source again updates the same contact, so a request whose answer was lost may be
 * sent again. Answers with what was accepted and what was refused, and why.
 */
export const putContacts = (ports: PutContactsPorts) => async ({ contacts }: PutContactsRequest): Promise<ApiAnswer> => {
  const now = ports.clock.now();
  const shared: Import = { ...ports, selecting: selectingOf(await ports.segments.fresh()) };
  const seen = new Set<string>();
  const outcomes = await Promise.all(contacts.map(async (candidate, index): Promise<readonly (Accepted | Refused)[]> => {
    const row = index + 1;
    const path = `contacts[${index}]`;
    const read = readIntake(candidate, now);
    if ('faults' in read) {
      return read.faults.map((fault) => refusal(row, fault.code, fault.path === '' ? path : `${path}.${fault.path}`));
    }
    if (seen.has(read.contact.source)) return [refusal(row, 'source.repeated', `${path}.source`)];
    seen.add(read.contact.source);
    return [await putRow(shared, row, read.contact, now)];
  }));
  const all = outcomes.flat();
  return {
    status: 200,
    json: { accepted: all.filter((one) => 'contact' in one), refused: all.filter((one) => 'code' in one) },
  };
};
