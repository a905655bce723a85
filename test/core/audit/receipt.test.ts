import { expect, test } from 'vitest';
import { occasionOf, Receipt, receiptsOf, SendReference } from '../../../lib/core/audit/receipt.ts';
import { at, chainOf, draft, record } from './receipts.ts';
import type { Instant } from '../../../lib/core/time.ts';

const later = '2026-11-02T14:00:05.000Z' as Instant;

test('a reservation leaves no receipt', () => {
  expect(receiptsOf({ before: undefined, after: record({ status: 'PENDING' }) })).toEqual([]);
});

test('a reservation that is given back leaves no receipt', () => {
  expect(receiptsOf({ before: record({ status: 'PENDING' }), after: record({ status: 'RELEASED' }) })).toEqual([]);
});

test('a send that is confirmed leaves one, of the instant of its confirmation', () => {
  const drafts = receiptsOf({ before: record({ status: 'PENDING' }), after: record({ confirmedAt: later }) });
  expect(drafts).toMatchObject([{ outcome: 'SENT', at: later, decision: 'permit', messageId: 'm-1' }]);
});

test('a refusal leaves one, of the instant of the check', () => {
  const after = record({ status: 'REFUSED', reason: 'AUTH_MISSING', basis: [], evidence: [] });
  expect(receiptsOf({ before: undefined, after })).toMatchObject([{ outcome: 'REFUSED', at, decision: 'deny', reason: 'AUTH_MISSING' }]);
});

test('mail that the service refuses was permitted all the same', () => {
  const after = record({ status: 'REFUSED', reason: 'MAIL_REJECTED' });
  expect(receiptsOf({ before: record({ status: 'PENDING' }), after })).toMatchObject([{ outcome: 'REFUSED', decision: 'permit' }]);
});

test('a delivery leaves one of its own', () => {
  expect(receiptsOf({ before: record(), after: record({ deliveredAt: later }) })).toMatchObject([{ outcome: 'DELIVERED', at: later }]);
});

test('a bounce leaves one of its own', () => {
  expect(receiptsOf({ before: record(), after: record({ bouncedAt: later }) })).toMatchObject([{ outcome: 'BOUNCED', at: later }]);
});

test('a write that changes nothing of the outcome leaves no receipt', () => {
  expect(receiptsOf({ before: record({ deliveredAt: later }), after: record({ deliveredAt: later }) })).toEqual([]);
});

test('a receipt holds nothing but the keys of its schema', async () => {
  const [receipt] = await chainOf([1]);
  expect(Receipt.safeParse(receipt).success).toBe(true);
});

test('the name of a send in the ledger is read as its reference', () => {
  expect(SendReference.parse('e_00000000000000000000000001#invite#0')).toBe('e_00000000000000000000000001.invite.0');
});

const putOff = (burst: number) => record({
  status: 'DEFERRED', reason: 'FREQUENCY_CAP', basis: [], evidence: [], burst, putOff: [{ at, reason: 'FREQUENCY_CAP', until: later }],
});

test('a deferral leaves one that says until when', () => {
  expect(receiptsOf({ before: undefined, after: putOff(0) }))
    .toMatchObject([{ outcome: 'DEFERRED', at, decision: 'deny', reason: 'FREQUENCY_CAP', burst: 0, until: later }]);
});

test('a send that is put off again by a later burst leaves another, of an occasion of its own', () => {
  const drafts = [...receiptsOf({ before: undefined, after: putOff(0) }), ...receiptsOf({ before: putOff(0), after: putOff(3) })];
  expect(drafts.map(occasionOf)).toEqual(['DEFERRED#0', 'DEFERRED#3']);
});

test('a deferral that is sent later leaves the receipt of a send, without a trace of the wait', () => {
  const [sent] = receiptsOf({ before: putOff(0), after: record({ putOff: [{ at, reason: 'FREQUENCY_CAP', until: later }] }) });
  expect(sent).toEqual(draft());
});
