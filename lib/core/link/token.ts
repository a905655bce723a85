import * as z from 'zod';
import { SendwellError } from '../errors.ts';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import type { Cipher } from '../vault/cipher.ts';
import { openToken, sealToken } from './seal.ts';

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
const Fields = z.tuple([ContactId, EnrolmentId, Name, z.int().min(0), Name]);

/** The token of a link in mail, about 200 characters. */
export const linkToken = (cipher: Pick<Cipher, 'seal'>, { contact, enrolment, step, leg, link }: Link): string =>
  sealToken(cipher, field, [contact, enrolment, step, leg, link]);

/** Reads a token back. Throws `link.invalid` on anything that {@link linkToken} did not make under the same key. */
export const readLinkToken = (cipher: Pick<Cipher, 'open'>, token: string): Link => {
  const read = Fields.safeParse(openToken(cipher, field, token));
  if (!read.success) throw new SendwellError('link.invalid');
  const [contact, enrolment, step, leg, link] = read.data;
  return { contact, enrolment, step, leg, link };
};

/** `base` is the organisation's `linkBase`, without a trailing slash. */
export const linkUrl = (base: string, token: string): string => `${base}/l/${token}`;
