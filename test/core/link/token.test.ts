import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cipherOf } from '../../../lib/aws/aead.ts';
import type { Link } from '../../../lib/core/link/token.ts';
import { linkToken, linkUrl, readLinkToken } from '../../../lib/core/link/token.ts';

const cipher = cipherOf('app#links', new Uint8Array(32).fill(7));
const id = fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/u);
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,20}(?:-[a-z0-9]{1,10}){0,2}$/u);
const links: fc.Arbitrary<Link> = fc.record({
  contact: id.map((text) => `c_${text}`), enrolment: id.map((text) => `e_${text}`), step: name, leg: fc.nat(), link: name,
});
const invalid = expect.objectContaining({ code: 'link.invalid' });
const safe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('a token leads back to its link', () => {
  fc.assert(fc.property(links, (link) => {
    expect(readLinkToken(cipher, linkToken(cipher, link))).toEqual(link);
  }));
});

test('a token is made of characters that no URL escapes, and shows nothing of the link', () => {
  fc.assert(fc.property(links, (link) => {
    const token = linkToken(cipher, link);
    expect(token).toMatch(/^[A-Za-z0-9_-]{100,400}$/u);
    const bytes = Buffer.from(token, 'base64url').toString('latin1');
    for (const part of [link.contact, link.enrolment]) expect(`${token} ${bytes}`).not.toContain(part);
  }));
});

test('a token with any character changed is invalid', () => {
  fc.assert(fc.property(links, fc.nat(), fc.nat(), (link, at, to) => {
    const token = linkToken(cipher, link);
    const index = at % token.length;
    const other = safe[to % safe.length];
    fc.pre(other !== token[index]);
    expect(() => readLinkToken(cipher, `${token.slice(0, index)}${other}${token.slice(index + 1)}`)).toThrow(invalid);
  }), { numRuns: 300 });
});

test('any other text is invalid', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2000 }), (text) => {
    expect(() => readLinkToken(cipher, text)).toThrow(invalid);
  }));
});

test('a token of another deployment is invalid', () => {
  const link = { contact: `c_${'0'.repeat(26)}`, enrolment: `e_${'0'.repeat(26)}`, step: 'invite', leg: 0, link: 'enrol' };
  const elsewhere = cipherOf('app#links', new Uint8Array(32).fill(8));
  expect(() => readLinkToken(cipher, linkToken(elsewhere, link))).toThrow(invalid);
});

test('a link is the organisation’s address and the token', () => {
  expect(linkUrl('https://mail.example.org', 'abc')).toBe('https://mail.example.org/l/abc');
});
