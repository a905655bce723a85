import { expect, test } from 'vitest';
import { ContactRecord } from '../../../lib/core/contact/record.ts';
import type { IntakeContact } from '../../../lib/core/intake/contact.ts';
import { readIntake, toRecord } from '../../../lib/core/intake/contact.ts';
import { mergeRecord } from '../../../lib/core/intake/merge.ts';
import { stateCodeOf, zoneOfState } from '../../../lib/core/intake/states.ts';
import { Instant } from '../../../lib/core/time.ts';

const now = Instant.parse('2026-11-02T09:00:00.000Z');
const later = Instant.parse('2026-11-03T09:00:00.000Z');
const intake: IntakeContact = {
  source: 'ehr/1', relationship: 'patient', state: 'MA', timeZone: null, birthDate: '1980-05-05', deceased: false,
  email: 'ada@example.test', fields: { firstName: 'Ada' },
};
const faults = (change: object) => {
  const read = readIntake({ ...intake, ...change }, now);
  return 'faults' in read ? read.faults.map(({ code, path }) => `${code} ${path}`) : [];
};

test('a new record is complete and has one verified address', () => {
  const record = toRecord(intake, now);
  expect(ContactRecord.parse(record)).toEqual(record);
  expect(record).toMatchObject({
    fields: { firstName: 'Ada', birthDate: '1980-05-05' },
    standing: { time_zone: 'America/New_York', addresses: [{ address_id: 'em-1', verified: true }], consents: [], deceased: null },
    destinations: { 'em-1': 'ada@example.test' },
  });
});

test('a zone that is given comes before the state’s', () => {
  expect(toRecord({ ...intake, timeZone: 'America/Chicago' }, now).standing.time_zone).toBe('America/Chicago');
});

test.each([['TX'], ['AZ'], ['FL']] as const)('%s, a state of more than one clock, gives no zone', (state) => {
  expect(toRecord({ ...intake, state }, now).standing.time_zone).toBeNull();
});

test('a state is known by code and by name', () => {
  expect(['MA', 'massachusetts', ' New York ', 'Bavaria', 'constructor'].map(stateCodeOf)).toEqual(['MA', 'MA', 'NY', undefined, undefined]);
  expect(zoneOfState('HI')).toBe('Pacific/Honolulu');
});

test.each([
  [{ source: 'nowhere' }, 'source.missing source'],
  [{ state: 'XX' }, 'state.unknown state'],
  [{ timeZone: 'Mars/Olympus' }, 'time-zone.unknown timeZone'],
  [{ timeZone: '-05:00' }, 'time-zone.unknown timeZone'],
  [{ birthDate: '2026-11-04' }, 'birth-date.invalid birthDate'],
  [{ birthDate: null }, 'birth-date.invalid birthDate'],
  [{ email: 'not an address' }, 'email.invalid email'],
  [{ email: 'a@example.test\r\nBcc: b@example.test' }, 'email.invalid email'],
  [{ fields: { conditions: ['1', 2] } }, 'field.invalid fields.conditions[1]'],
  [{ fields: { appointmentAt: '2026-12-01T09:00:00' } }, 'field.invalid fields.appointmentAt'],
  [{ fields: { appointmentAt: '9999-12-31T23:59:59-05:00' } }, 'field.invalid fields.appointmentAt'],
  [{ fields: { lastVisitOn: '2026-02-30' } }, 'field.invalid fields.lastVisitOn'],
  [{ ssn: '999' }, 'field.undeclared '],
  [{ fields: { ssn: '999' } }, 'field.undeclared fields'],
])('%o is refused', (change, fault) => {
  expect(faults(change)).toEqual([fault]);
});

test('an appointment is kept in UTC, whatever offset it comes with, and read back as it was kept', () => {
  const read = readIntake({ ...intake, fields: { appointmentAt: '2026-12-01T09:00:00-05:00', lastVisitOn: '2026-10-01' } }, now);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const record = ContactRecord.parse(toRecord(read.contact, now));
  expect(record.fields).toMatchObject({ appointmentAt: '2026-12-01T14:00:00.000Z', lastVisitOn: '2026-10-01' });
  expect(ContactRecord.parse(record)).toEqual(record);
  expect(mergeRecord(record, read.contact, later)).toBe(record);
});

test('an appointment that the source no longer has is gone', () => {
  const record = toRecord({ ...intake, fields: { ...intake.fields, appointmentAt: Instant.parse('2026-12-01T14:00:00.000Z') } }, now);
  expect(mergeRecord(record, intake, later).fields).not.toHaveProperty('appointmentAt');
});

test('a prospect may be without a birth date', () => {
  expect(faults({ relationship: 'prospect', birthDate: null })).toEqual([]);
});

test('the same source again changes nothing', () => {
  const record = ContactRecord.parse(toRecord(intake, now));
  expect(mergeRecord(record, intake, later)).toBe(record);
});

test('what the source does not know stays', () => {
  const record = toRecord(intake, now);
  const suppressions = [{ id: 's-1', received_at: now }];
  const merged = mergeRecord({ ...record, standing: { ...record.standing, suppressions, emancipated: true } },
    { ...intake, fields: { firstName: 'Grace' } }, later);
  expect(merged).toMatchObject({ fields: { firstName: 'Grace' }, standing: { suppressions, emancipated: true } });
});

const bounced = () => {
  const record = toRecord(intake, now);
  const bounce = { id: 'b-1', kind: 'hard' as const, at: now };
  return { ...record, standing: { ...record.standing, addresses: record.standing.addresses.map((address) => ({ ...address, bounce })) } };
};

test('an address that bounced still has bounced when the source gives it again', () => {
  expect(mergeRecord(bounced(), intake, later).standing.addresses).toMatchObject([{ address_id: 'em-1', verified: true, bounce: { id: 'b-1' } }]);
});

test('another address stands first under an id of its own, and the old one is verified no longer', () => {
  const moved = mergeRecord(bounced(), { ...intake, email: 'new@example.test' }, later);
  expect(moved.standing.addresses).toMatchObject([
    { address_id: 'em-2', verified: true, bounce: null }, { address_id: 'em-1', verified: false, bounce: { id: 'b-1' } },
  ]);
  expect(moved.destinations).toEqual({ 'em-1': 'ada@example.test', 'em-2': 'new@example.test' });
});

test('going back to an address that bounced brings its bounce back', () => {
  const moved = mergeRecord(bounced(), { ...intake, email: 'new@example.test' }, later);
  expect(mergeRecord(moved, intake, later).standing.addresses).toMatchObject([
    { address_id: 'em-1', verified: true, bounce: { id: 'b-1' } }, { address_id: 'em-2', verified: false },
  ]);
});

test('an address that the source takes back is verified no longer', () => {
  expect(mergeRecord(toRecord(intake, now), { ...intake, email: null }, later).standing.addresses)
    .toMatchObject([{ address_id: 'em-1', verified: false }]);
});

test('a death keeps the instant at which it was first recorded', () => {
  const dead = mergeRecord(toRecord(intake, now), { ...intake, deceased: true }, now);
  expect(mergeRecord(dead, { ...intake, deceased: true }, later).standing.deceased?.recorded_at).toBe(now);
});
