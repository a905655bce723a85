import { expect, test } from 'vitest';
import { isAutomated } from '../../../lib/core/engine/scanner.ts';
import type { Instant } from '../../../lib/core/time.ts';

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
const following = {
  method: 'GET', userAgent: browser, sentAt: '2026-11-02T14:00:00.000Z' as Instant, at: '2026-11-02T14:01:00.000Z' as Instant,
};

test('a browser a minute after the mail is a person', () => {
  expect(isAutomated(following)).toBe(false);
});

test('a HEAD request is a scanner', () => {
  expect(isAutomated({ ...following, method: 'HEAD' })).toBe(true);
});

test('a client that does not name itself is a scanner', () => {
  expect(isAutomated({ ...following, userAgent: '' })).toBe(true);
});

test('a gateway that names itself is a scanner', () => {
  expect(isAutomated({ ...following, userAgent: 'Mozilla/5.0 (compatible; Barracuda Sentinel)' })).toBe(true);
});

test('a click under five seconds after the mail is a scanner', () => {
  expect(isAutomated({ ...following, at: '2026-11-02T14:00:04.999Z' as Instant })).toBe(true);
});
