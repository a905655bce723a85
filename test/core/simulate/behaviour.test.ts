import { expect, test } from 'vitest';
import { Behaviour, deedsAfter } from '../../../lib/core/simulate/behaviour.ts';
import type { ContactId } from '../../../lib/core/ids.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { base32 } from '../../../lib/core/digest.ts';

const at = '2026-11-02T14:00:00.000Z' as Instant;

const contactAt = (index: number): ContactId => {
  const bytes = new Uint8Array(17);
  new DataView(bytes.buffer).setUint32(12, index);
  return `c_${base32(bytes, 26)}`;
};

const webinar = Behaviour.parse({ seed: 1, reactions: [{ to: 'invite', click: 'webinar', share: 20, after: ['1 hour', '2 days'] }] });

test('about as many react as the share says', () => {
  const reacting = Array.from({ length: 10_000 }, (_, index) => deedsAfter(webinar, contactAt(index), 'invite', 0, at)).filter(({ length }) => length > 0);
  expect(Math.abs(reacting.length - 2000)).toBeLessThan(200);
});

test('nobody reacts before the shortest time or after the longest', () => {
  const times = Array.from({ length: 1000 }, (_, index) => deedsAfter(webinar, contactAt(index), 'invite', 0, at)).flat().map((deed) => deed.at);
  expect(times.every((time) => time >= '2026-11-02T15:00:00.000Z' && time <= '2026-11-04T14:00:00.000Z')).toBe(true);
});

test('a contact reacts in the same way each time', () => {
  expect(deedsAfter(webinar, contactAt(7), 'invite', 0, at)).toEqual(deedsAfter(webinar, contactAt(7), 'invite', 0, at));
});

test('a reaction to one message is none to another', () => {
  expect(Array.from({ length: 100 }, (_, index) => deedsAfter(webinar, contactAt(index), 'reminder', 0, at)).flat()).toEqual([]);
});

test('a longest time before the shortest is refused', () => {
  expect(Behaviour.safeParse({ reactions: [{ to: 'invite', click: 'webinar', share: 20, after: ['2 days', '1 hour'] }] }).success).toBe(false);
});
