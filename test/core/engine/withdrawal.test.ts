import { expect, test } from 'vitest';
import type { Standing } from '../../../lib/core/contact/record.ts';
import { openWithdrawal, withdrawnBy } from '../../../lib/core/engine/withdrawal.ts';
import { Instant } from '../../../lib/core/time.ts';
import { contactId, someRecord } from '../../fixtures/contact.ts';

const { standing } = someRecord;
const at = '2026-11-02T09:00:00.000Z';
const [address] = standing.addresses;
const consent = { id: 'au-1', type: 'hipaa_authorization', captured_at: at, revocation: null };
const reached = (change: Partial<NonNullable<typeof address>>): Standing =>
  ({ ...standing, addresses: standing.addresses.map((one) => ({ ...one, ...change })) });

test.each<[string, Standing, Standing, object[]]>([
  ['a revocation', { ...standing, consents: [consent] },
    { ...standing, consents: [{ ...consent, revocation: { received_at: at, in_writing: true, via: 'portal' } }] },
    [{ cause: 'revocation', recordId: 'au-1', receivedAt: at }]],
  ['a suppression', standing, { ...standing, suppressions: [{ id: 'su-1', received_at: at }] },
    [{ cause: 'suppression', recordId: 'su-1', receivedAt: at }]],
  ['a complaint', standing, reached({ complaint: { id: 'm-1', at } }), [{ cause: 'complaint', recordId: 'm-1', receivedAt: at }]],
  ['a hard bounce', standing, reached({ bounce: { id: 'm-1', kind: 'hard', at } }), [{ cause: 'bounce', recordId: 'm-1', receivedAt: at }]],
  ['a restriction that was agreed to', standing, { ...standing, restrictions: [{ id: 're-1', agreed_at: at }] },
    [{ cause: 'restriction', recordId: 're-1', receivedAt: at }]],
  ['a confidential communication', standing, { ...standing, confidential_communications: [{ id: 'cc-1', received_at: at }] },
    [{ cause: 'restriction', recordId: 'cc-1', receivedAt: at }]],
  ['a death', standing, { ...standing, deceased: { id: 'de-1', recorded_at: at } }, [{ cause: 'death', recordId: 'de-1', receivedAt: at }]],
])('%s is withdrawn by the change that records it', (_, before, after, expected) => {
  expect(withdrawnBy(before, after)).toEqual(expected);
});

test.each<[string, Standing, Standing]>([
  ['a new consent', standing, { ...standing, consents: [consent] }],
  ['a soft bounce', standing, reached({ bounce: { id: 'm-1', kind: 'soft', at } })],
  ['a restriction that was asked for only', standing, { ...standing, restrictions: [{ id: 're-1', agreed_at: null }] }],
  ['a suppression that is lifted', { ...standing, suppressions: [{ id: 'su-1', received_at: at, released_at: null }] },
    { ...standing, suppressions: [{ id: 'su-1', received_at: at, released_at: at }] }],
])('%s withdraws nothing', (_, before, after) => {
  expect(withdrawnBy(before, after)).toEqual([]);
});

test('an instant with an offset is kept in UTC', () => {
  const after = { ...standing, suppressions: [{ id: 'su-1', received_at: '2026-11-02T04:00:00-05:00' }] };
  expect(withdrawnBy(standing, after)).toMatchObject([{ receivedAt: at }]);
});

test('the id tells nothing of the record', async () => {
  const opened = await openWithdrawal(contactId(1), { cause: 'suppression', recordId: 'su-1', receivedAt: Instant.parse(at) }, 7);
  expect(opened).toMatchObject({ id: expect.stringMatching(/^w_[0-9a-z]{26}$/u) as string, consentVersion: 7, ended: [], kept: [] });
});
