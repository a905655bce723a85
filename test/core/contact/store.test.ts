import { expect, test } from 'vitest';
import { pruneRecent, segmentPartition } from '../../../lib/core/contact/store.ts';
import { SegmentId } from '../../../lib/core/ids.ts';
import { Instant } from '../../../lib/core/time.ts';
import { contactId } from '../../fixtures/contact.ts';

const sentAt = (at: string) => ({ at: Instant.parse(at), channel: 'email' as const, commercial: true, send: 'e#s#0' });

test('sends of the last seven days stay in the gate, older ones leave it', () => {
  const kept = sentAt('2026-11-02T09:00:00.001Z');
  const recent = [sentAt('2026-11-02T09:00:00.000Z'), kept];
  expect(pruneRecent(recent, Instant.parse('2026-11-09T09:00:00.000Z'))).toEqual([kept]);
});

test('a segment is spread over eight partitions', () => {
  const segment = SegmentId.parse(`s_${'0'.repeat(26)}`);
  const partitions = Array.from({ length: 32 }, (_, index) => segmentPartition(segment, contactId(index)));
  expect(new Set(partitions).size).toBe(8);
});
