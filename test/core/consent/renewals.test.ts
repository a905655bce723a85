import { expect, test } from 'vitest';
import { authorizationOf } from '../../../lib/core/authorization/sign.ts';
import { renewalsDue } from '../../../lib/core/consent/renewals.ts';
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
