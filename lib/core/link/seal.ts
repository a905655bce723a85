import { SendwellError } from '../errors.ts';
import type { Cipher } from '../vault/cipher.ts';

const base64url = /^[A-Za-z0-9_-]{1,1000}$/u;

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');

const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.codePointAt(0) ?? 0);

/** A token that a browser, a proxy or a log may see: base64url of a sealed value. `field` tells kinds of tokens apart. */
export const sealToken = (cipher: Pick<Cipher, 'seal'>, field: string, value: unknown): string =>
  toBase64Url(cipher.seal(field, new TextEncoder().encode(JSON.stringify(value))));

/** Reads a token back. Throws `link.invalid` on anything that {@link sealToken} did not make of the same kind and key. */
export const openToken = (cipher: Pick<Cipher, 'open'>, field: string, token: string): unknown => {
  try {
    const sealed = base64url.test(token) ? fromBase64Url(token) : new Uint8Array();
    // The last character has bits to spare: of the spellings that decode alike, one is the token.
    if (toBase64Url(sealed) !== token) throw new SendwellError('link.invalid');
    return JSON.parse(new TextDecoder().decode(cipher.open(field, sealed)));
  } catch {
    throw new SendwellError('link.invalid');
  }
};
