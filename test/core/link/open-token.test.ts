import { expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { cipherOf } from '../../../lib/aws/aead.ts';
import { imageUrl, readImageToken, withImage } from '../../../lib/core/link/open-token.ts';
import { linkToken, readLinkToken } from '../../../lib/core/link/token.ts';

const cipher = cipherOf('app#links', randomBytes(32));
const send = { contact: 'c_00000000000000000000000001', enrolment: 'e_00000000000000000000000001', step: 'invite', leg: 2 };
const base = 'https://links.northside.example';
const tokenIn = (url: string): string => url.slice(`${base}/o/`.length);
const invalid = expect.objectContaining({ code: 'link.invalid' });

test('the token of an image tells which send it is, and nobody can read that in it', () => {
  const url = imageUrl(cipher, base, send);
  expect(url).toMatch(/^https:\/\/links\.northside\.example\/o\/[\w-]+$/u);
  expect(readImageToken(cipher, tokenIn(url))).toEqual(send);
});

test('a token of a link opens no image, and one of an image no link', () => {
  const link = linkToken(cipher, { ...send, link: 'webinar' });
  expect(() => readImageToken(cipher, link)).toThrow(invalid);
  expect(() => readLinkToken(cipher, tokenIn(imageUrl(cipher, base, send)))).toThrow(invalid);
});

test('a token that was changed, cut or made under another key is refused', () => {
  const token = tokenIn(imageUrl(cipher, base, send));
  for (const bad of ['', 'x', token.slice(0, -2), `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`]) {
    expect(() => readImageToken(cipher, bad)).toThrow(invalid);
  }
  expect(() => readImageToken(cipherOf('app#links', randomBytes(32)), token)).toThrow(invalid);
});

test('the image stands at the very end of the body', () => {
  expect(withImage('<html><body><p>Hello</p></BODY></html>', 'https://a/o/b'))
    .toBe('<html><body><p>Hello</p><img src="https://a/o/b" width="1" height="1" alt="" style="border:0"></BODY></html>');
  expect(withImage('<p>Hello</p>', 'https://a/o/b?c=1&d="')).toContain('src="https://a/o/b?c=1&amp;d=&quot;"');
});
