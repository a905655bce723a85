import { expect, test } from 'vitest';
import { authorizationOf } from '../../../lib/core/authorization/sign.ts';
import { movedPlaces, renewalsDue } from '../../../lib/core/consent/renewals.ts';
import { Instant } from '../../../lib/core/time.ts';
import { someOrganisation } from '../../fixtures/organisation.ts';

const now = Instant.parse('2026-11-02T14:00:00.000Z');
const [form] = someOrganisation.authorizationForms;
if (form === undefined) throw new Error('the example has no form');
const signed = (id: string, endsAt: string, change: object = {}) => ({
  ...authorizationOf({ form, organisation: someOrganisation }, { id, evidence: 'e', signedAt: '2026-01-01T00:00:00.000Z', endsAt, method: 'typed_name', copyGiven: true }),
  ...change,
});
const ids = (consents: readonly unknown[]) => renewalsDue(consents, now, 30).map(({ id }) => id);

test('what ends within the days asked for is due, soonest first', () => {
  const narrow = { channels: ['sms'] };
  const due = [signed('b', '2026-12-02T14:00:00.000Z'), signed('a', '2026-11-05T13:00:00.000Z', narrow), signed('c', '2026-12-02T14:00:00.001Z', { purposes: ['fundraising'] })];
  expect(renewalsDue(due, now, 30)).toEqual([
    { id: 'a', expiresAt: '2026-11-05T13:00:00.000Z', daysLeft: 2 }, { id: 'b', expiresAt: '2026-12-02T14:00:00.000Z', daysLeft: 30 },
  ]);
});

test('what has ended, was revoked, or is no authorization is not due', () => {
  const revocation = { received_at: now, in_writing: true, via: 'letter' };
  expect(ids([signed('a', '2026-11-02T14:00:00.000Z'), signed('b', '2026-11-05T00:00:00.000Z', { revocation }), { type: 'email_opt_in' }, null])).toEqual([]);
});

test('what a longer one covers is not due', () => {
  expect(ids([signed('a', '2026-11-05T00:00:00.000Z'), signed('b', '2027-11-05T00:00:00.000Z')])).toEqual([]);
});

test('what a longer one covers in part is due', () => {
  expect(ids([signed('a', '2026-11-05T00:00:00.000Z'), signed('b', '2027-11-05T00:00:00.000Z', { channels: ['sms'] })])).toEqual(['a']);
});

const places = (before: readonly unknown[], after: readonly unknown[]) => movedPlaces(before, after).map(({ record, closed }) => [record, closed]);
const revoked = { revocation: { received_at: now, in_writing: true, via: 'letter' } };
const short = signed('a', '2026-11-05T00:00:00.000Z');
const long = signed('b', '2027-11-05T00:00:00.000Z');

test('an authorization that ends on a date has a place in the list, and no other consent has', () => {
  const byEvent = { channels: ['sms'], expiration: { kind: 'event', at: null, event: 'discharge', event_occurred_at: null } };
  expect(movedPlaces([], [short, signed('c', '2027-01-01T00:00:00.000Z', byEvent), { type: 'email_opt_in' }]))
    .toEqual([{ record: 'a', expiresAt: '2026-11-05T00:00:00.000Z', closed: undefined }]);
});

test('a place closes when its authorization is revoked', () => {
  expect(places([short], [signed('a', '2026-11-05T00:00:00.000Z', revoked)])).toEqual([['a', 'revoked']]);
});

test('a place closes when a longer authorization covers it, and opens again when that one is revoked', () => {
  expect(places([short], [short, long])).toEqual([['a', 'covered'], ['b', undefined]]);
  expect(places([short, long], [short, signed('b', '2027-11-05T00:00:00.000Z', revoked)])).toEqual([['a', undefined], ['b', 'revoked']]);
});

test('an authorization that begins only after another has ended does not cover it', () => {
  const late = signed('b', '2027-11-05T00:00:00.000Z', { captured_at: '2026-11-06T00:00:00.000Z' });
  expect(places([], [short, late])).toEqual([['a', undefined], ['b', undefined]]);
});

test('an authorization without an end, or whose event has come, covers nothing', () => {
  const over = { expiration: { kind: 'event', at: null, event: 'discharge', event_occurred_at: '2026-10-01T00:00:00.000Z' } };
  const endless = { expiration: { kind: 'date', at: null, event: null, event_occurred_at: null } };
  expect(places([], [short, signed('b', '', over), signed('c', '', endless)])).toEqual([['a', undefined]]);
});

test('a change of something else moves no place', () => {
  expect(places([short, long], [short, long, { type: 'email_opt_in' }])).toEqual([]);
});
