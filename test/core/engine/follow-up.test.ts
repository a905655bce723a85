import { expect, test } from 'vitest';
import { followUpId, followUpKey, followUpKeyOf } from '../../../lib/core/engine/follow-up.ts';
import { Instant } from '../../../lib/core/time.ts';

const key = followUpKey({
  openedAt: Instant.parse('2026-11-02T09:00:00.000Z'), enrolment: `e_${'0'.repeat(26)}`, step: 'remind', leg: 3,
});

test('an id reads back as its key, and a URL takes it as it is', () => {
  const id = followUpId(key);
  expect([followUpKeyOf(id), /^[A-Za-z0-9_-]+$/u.test(id)]).toEqual([key, true]);
});

test.each([['nothing', ''], ['no base64', '%%%'], ['another key', btoa('catalogue#x')], ['a key with an end', followUpId(`${key}#x`)]])(
  'an id that holds %s is unknown', (_, id) => {
    expect(() => followUpKeyOf(id)).toThrow(expect.objectContaining({ code: 'follow-up.unknown' }));
  });
