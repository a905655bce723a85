import { expect, test } from 'vitest';
import { Segment } from '../../../lib/core/segment/segment.ts';

test('a segment is refused with a key that nothing reads', () => {
  const read = Segment.safeParse({ segment: 'a', title: 'A', because: 'asked', classes: [], where: null, and: [] });
  expect(read.success).toBe(false);
});
