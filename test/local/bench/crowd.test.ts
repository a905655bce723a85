import { expect, test } from 'vitest';
import { ContactId } from '../../../lib/core/ids.ts';
import { itemFor } from '../../../lib/local/bench/crowd.ts';

const contact = ContactId.parse(`c_${'a'.repeat(25)}b`);

test('a row without a place in the index is that of the other contact', () => {
  expect(itemFor(contact, { pk: { S: 'other' }, sk: { S: 'key' }, wrapped: { B: 'AA==' } }))
    .toEqual({ pk: { S: contact }, sk: { S: 'key' }, wrapped: { B: 'AA==' } });
});

test('a row stands in the index where the other contact would', () => {
  expect(itemFor(contact, { pk: { S: 'other' }, sk: { S: 'a#profile' }, segmentPartition: { S: 'everybody#7' } })['segmentPartition'])
    .toEqual({ S: 'everybody#2' });
});
