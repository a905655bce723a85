import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConsentRequest, recordConsent } from '../../functions/record-consent/handler.ts';
import { decide } from '../../lib/core/consent/decide.ts';
import type { Contact } from '../../lib/core/consent/contact.ts';
import { ContactRecord } from '../../lib/core/contact/record.ts';
import { contactFor } from '../../lib/core/engine/message.ts';
import { withdrawnBy, openWithdrawal, Withdrawal } from '../../lib/core/engine/withdrawal.ts';
import { Instant } from '../../lib/core/time.ts';
import { contact as someContact } from '../core/consent/arbitrary-contact.ts';
import { scene } from '../core/consent/arbitrary-scene.ts';
import { contactId, someRecord } from '../fixtures/contact.ts';
import { organisation } from '../fixtures/organisation.ts';

const now = Instant.parse('2026-11-02T09:00:00.000Z');
const later = Instant.parse('2026-11-03T09:00:00.000Z');
const contact = contactId(1);

/** A contact in memory; each write goes through the schema and JSON, as the store's does. */
const someone = () => {
  let record: ContactRecord = someRecord;
  const contacts = {
    update: async (_: string, change: (before: ContactRecord) => ContactRecord) => {
      const after = change(record);
      const changed = after !== record;
      record = changed ? ContactRecord.parse(JSON.parse(JSON.stringify(after))) : record;
      return changed;
    },
    zone: async () => null,
    contactOfSource: async () => undefined,
  };
  return {
    ask: (body: object, at = now) =>
      recordConsent({ contacts, organisation, clock: { now: () => at }, withdraw: async () => 0 })(ConsentRequest.parse({ contact, ...body })),
    record: () => record,
  };
};
const coded = (code: string) => expect.objectContaining({ code });
const accepted = { status: 201, json: { contact, changed: true } };
const noChange = { status: 200, json: { contact, changed: false } };

const restriction = {
  id: 'r-1', kind: 'agreed', uses: ['marketing'], classes: ['*'], items: [], agreed_at: now, terminated_at: null, terminated_by: null,
};
const confidentialCommunication = { id: 'cc-1', received_at: now, ended_at: null, address_ids: ['em-1'] };
const personalRepresentative = { id: 'rep-1', authority: 'guardian', documented_at: null, ends_at: null, scope_classes: ['*'], blocked: null };
const involvedPerson = { id: 'inv-1', agreed_at: now, ended_at: null, classes: ['contact_info'] };

const kinds = [
  ['restriction', 'restrictions', restriction, { classes: ['diagnosis'] }],
  ['confidentialCommunication', 'confidential_communications', confidentialCommunication, { address_ids: [] }],
  ['personalRepresentative', 'personal_representatives', personalRepresentative, { authority: 'executor' }],
  ['involvedPerson', 'involved_persons', involvedPerson, { classes: [] }],
] as const;

test.each(kinds)('a %s is kept, is no change when it comes again, and is refused with another content', async (name, list, given, change) => {
  const one = someone();
  expect([await one.ask({ [name]: given }), await one.ask({ [name]: given })]).toEqual([accepted, noChange]);
  await expect(one.ask({ [name]: { ...given, ...change } })).rejects.toThrow(coded('consent.changed'));
  expect(one.record().standing[list]).toEqual([given]);
});

const acts = [
  ['restrictions', 'restriction', restriction, { act: 'end', by: 'individual' }, { terminated_at: now, terminated_by: 'individual' }],
  ['confidential_communications', 'confidentialCommunication', confidentialCommunication, { act: 'end' }, { ended_at: now }],
  ['involved_persons', 'involvedPerson', involvedPerson, { act: 'end' }, { ended_at: now }],
  ['personal_representatives', 'personalRepresentative', personalRepresentative, { act: 'document' }, { documented_at: now }],
  ['personal_representatives', 'personalRepresentative', personalRepresentative, { act: 'end' }, { ends_at: now }],
  ['personal_representatives', 'personalRepresentative', personalRepresentative, { act: 'block' }, { blocked: { id: 'rep-1-block', at: now } }],
] as const;

test.each(acts)('of %s, a %s is acted upon once, and stays as it was given beside', async (list, of, given, act, set) => {
  const one = someone();
  await one.ask({ [of]: given });
  expect([await one.ask({ act: { of, id: given.id, ...act }, via: 'letter' }), await one.ask({ act: { of, id: given.id, ...act } }, later)])
    .toEqual([accepted, noChange]);
  expect(one.record().standing[list]).toEqual([{ ...given, ...set, given, acts: [{ act: act.act, at: now, via: 'letter' }] }]);
});

test.each(acts)('what was acted upon and is given again as at first stays as it is: %s, %s', async (list, of, given, act) => {
  const one = someone();
  await one.ask({ [of]: given });
  await one.ask({ act: { of, id: given.id, ...act } });
  const before = one.record().standing[list];
  expect([await one.ask({ [of]: given }, later), one.record().standing[list]]).toEqual([noChange, before]);
});

test('an end that lies ahead is brought forward', async () => {
  const one = someone();
  await one.ask({ personalRepresentative: { ...personalRepresentative, ends_at: '2027-06-01T00:00:00Z' } });
  await one.ask({ act: { of: 'personalRepresentative', id: 'rep-1', act: 'end' } });
  expect(one.record().standing.personal_representatives).toMatchObject([{ ends_at: now, given: { ends_at: '2027-06-01T00:00:00Z' } }]);
});

test('a restriction that the entity ended may still be ended by the person', async () => {
  const one = someone();
  await one.ask({ restriction });
  await one.ask({ act: { of: 'restriction', id: 'r-1', act: 'end', by: 'entity' } });
  await one.ask({ act: { of: 'restriction', id: 'r-1', act: 'end', by: 'individual' } }, later);
  expect(one.record().standing.restrictions).toMatchObject([{ terminated_at: later, terminated_by: 'individual', acts: [{ at: now }, { at: later }] }]);
});

test('an act upon a record that is not there says so', async () => {
  await expect(someone().ask({ act: { of: 'involvedPerson', id: 'inv-9', act: 'end' } })).rejects.toThrow(coded('consent.unknown'));
});

test.each([
  ['blocks an involved person', { act: { of: 'involvedPerson', id: 'inv-1', act: 'block' } }],
  ['ends a restriction without saying who', { act: { of: 'restriction', id: 'r-1', act: 'end' } }],
  ['adds two records', { involvedPerson, restriction }],
  ['adds a record without an id', { involvedPerson: { ...involvedPerson, id: '' } }],
  ['adds a record with a day that does not exist', { involvedPerson: { ...involvedPerson, agreed_at: '2026-02-30T00:00:00Z' } }],
])('a request that %s is refused', (_, body) => {
  expect(ConsentRequest.safeParse({ contact, ...body }).success).toBe(false);
});

const edges = fc.constantFrom('0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59.9999999999999-12:00', '2026-11-02t09:00:00z', '2026-02-30T00:00:00Z', '', 'soon');
const bent = <T extends object>(record: T): fc.Arbitrary<object> => {
  const dates = Object.entries(record).filter(([, value]) => typeof value === 'string' && /^\d{4}-/u.test(value)).map(([name]) => name);
  if (dates.length === 0) return fc.constant(record);
  return fc.oneof({ weight: 3, arbitrary: fc.constant<object>(record) }, fc.tuple(fc.constantFrom(...dates), edges).map(([name, edge]) => ({ ...record, [name]: edge })));
};
const requestsOf = (one: Contact): fc.Arbitrary<readonly object[]> => {
  const under = (name: string, records: readonly object[]) => records.map((record) => bent(record).map((value) => ({ [name]: value })));
  return fc.tuple(
    ...under('record', one.consents.map((consent) => ({ ...consent, revocation: null }))), ...under('restriction', one.restrictions),
    ...under('confidentialCommunication', one.confidential_communications), ...under('personalRepresentative', one.personal_representatives),
    ...under('involvedPerson', one.involved_persons),
    ...one.suppressions.map(({ scope, topic }) => fc.constant({ suppression: { scope, topic, source: 'phone' } })),
    ...one.consents.map(({ id }) => fc.constant({ consent: id })),
    ...one.personal_representatives.flatMap(({ id }) => ['document', 'block', 'end'].map((act) => fc.constant({ act: { of: 'personalRepresentative', id, act } }))),
    ...one.restrictions.map(({ id }) => fc.constant({ act: { of: 'restriction', id, act: 'end', by: 'mutual' } })),
  );
};
const asked = someContact.chain((one) => requestsOf(one).chain((requests) => fc.shuffledSubarray([...requests], { minLength: requests.length })));

const message = scene.map((one) => ({ ...one.message, address_id: 'em-1', channel: 'email' as const }))
  .filter((one) => decide(contactFor(contact, someRecord, []), one, now).reason !== 'INPUT_INVALID');

test('whatever was accepted, the consent engine reads the contact and every withdrawal has its proof', async () => {
  let kept = 0;
  await fc.assert(fc.asyncProperty(asked, message, async (requests, mail) => {
    const one = someone();
    for (const request of requests) {
      if (!ConsentRequest.safeParse({ contact, ...request }).success) continue;
      kept += await one.ask(request).then(({ status }) => (status === 201 ? 1 : 0), () => 0);
    }
    const { standing } = one.record();
    expect(decide(contactFor(contact, one.record(), []), mail, now)).not.toMatchObject({ reason: 'INPUT_INVALID' });
    for (const fact of withdrawnBy(someRecord.standing, standing)) Withdrawal.parse(await openWithdrawal(contact, fact, 2));
  }), { numRuns: 300 });
  expect(kept).toBeGreaterThan(2000);
});
