import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cipherOf } from '../../../lib/aws/aead.ts';
import { linkToken, readLinkToken } from '../../../lib/core/link/token.ts';
import { LinkDays, pageExpiry, pageToken, pageUrl, readPageToken } from '../../../lib/core/link/page-token.ts';
import { Instant } from '../../../lib/core/time.ts';
import { contactId } from '../../fixtures/contact.ts';

const cipher = cipherOf('app#links', new Uint8Array(32).fill(7));
const now = Instant.parse('2026-11-02T14:00:00.000Z');
const expiresAt = Instant.parse('2026-11-09T14:00:00.000Z');
const link = { contact: contactId(1), expiresAt, id: 'a1b2c3d4e5f6a7b8', form: 'partner-programs' };
const invalid = expect.objectContaining({ code: 'link.invalid' });
const token = pageToken(cipher, 'authorization', link);

test('a token leads back to its page until it ends', () => {
  expect(readPageToken(cipher, 'authorization', token, now)).toEqual(link);
});

test('at the very instant of its end a token opens nothing', () => {
  expect(readPageToken(cipher, 'authorization', token, Instant.parse('2026-11-09T13:59:59.999Z'))).toEqual(link);
  expect(() => readPageToken(cipher, 'authorization', token, expiresAt)).toThrow(invalid);
});

test('a token of one kind of page opens no other', () => {
  expect(() => readPageToken(cipher, 'preferences', token, now)).toThrow(invalid);
});

test('a link of a mail opens no page, and a page no link of a mail', () => {
  const mail = linkToken(cipher, { contact: contactId(1), enrolment: `e_${'0'.repeat(26)}`, step: 'invite', leg: 0, link: 'preferences' });
  expect(() => readPageToken(cipher, 'preferences', mail, now)).toThrow(invalid);
  expect(() => readLinkToken(cipher, pageToken(cipher, 'preferences', link))).toThrow(invalid);
});

test('a token that is cut off anywhere is invalid', () => {
  fc.assert(fc.property(fc.nat({ max: token.length - 1 }), (length) => {
    expect(() => readPageToken(cipher, 'authorization', token.slice(0, length), now)).toThrow(invalid);
  }));
});

test('a token shows nothing of whom it is for', () => {
  expect(`${token} ${Buffer.from(token, 'base64url').toString('latin1')}`).not.toMatch(/c_0|partner|a1b2c3/u);
});

test('a link lives for one to thirty days', () => {
  expect([0, 1, 30, 31, 1.5].map((days) => LinkDays.safeParse(days).success)).toEqual([false, true, true, false, false]);
  expect(pageExpiry(now, 7)).toBe(expiresAt);
});

test('each kind of page has a path of its own', () => {
  expect([pageUrl('https://m.example', 'preferences', 'x'), pageUrl('https://m.example', 'authorization', 'x')])
    .toEqual(['https://m.example/p/x', 'https://m.example/a/x']);
});
