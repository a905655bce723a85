import * as z from 'zod';
import { SendwellError } from '../errors.ts';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import type { Cipher } from '../vault/cipher.ts';

/** Which link of which message was followed. */
export const Link = z.strictObject({
  contact: ContactId,
  enrolment: EnrolmentId,
  /** The send step. */
  step: Name,
  leg: z.int().min(0),
  /** The link's name in the template. */
  link: Name,
});
export type Link = z.infer<typeof Link>;

const field = 'link';
const Fields = z.tuple([z.string(), z.string(), z.string(), z.number(), z.string()]);
const base64url = /^[A-Za-z0-9_-]{1,1000}$/u;

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');

const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.codePointAt(0) ?? 0);

/** A token that a browser, a proxy or a log may see: base64url of a sealed value, about 200 characters. */
export const linkToken = (cipher: Pick<Cipher, 'seal'>, { contact, enrolment, step, leg, link }: Link): string =>
  toBase64Url(cipher.seal(field, new TextEncoder().encode(JSON.stringify([contact, enrolment, step, leg, link]))));

/** Reads a token back. Throws `link.invalid` on anything that {@link linkToken} did not make under the same key. */
export const readLinkToken = (cipher: Pick<Cipher, 'open'>, token: string): Link => {
  try {
    const sealed = base64url.test(token) ? fromBase64Url(token) : new Uint8Array();
    // The last character has bits to spare: of the spellings that decode alike, one is the token.
    if (toBase64Url(sealed) !== token) throw new SendwellError('link.invalid');
    const opened = new TextDecoder().decode(cipher.open(field, sealed));
    const [contact, enrolment, step, leg, link] = Fields.parse(JSON.parse(opened));
    return Link.parse({ contact, enrolment, step, leg, link });
  } catch {
    throw new SendwellError('link.invalid');
  }
};

/** `base` is the organisation's `linkBase`, without a trailing slash. */
export const linkUrl = (base: string, token: string): string => `${base}/l/${token}`;
