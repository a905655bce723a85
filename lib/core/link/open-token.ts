import * as z from 'zod';
import type { SendKey } from '../engine/send.ts';
import { SendwellError } from '../errors.ts';
import { ContactId, EnrolmentId, Name } from '../ids.ts';
import type { Cipher } from '../vault/cipher.ts';
import { openToken, sealToken } from './seal.ts';

/** Which message was opened. */
export type Opened = Pick<SendKey, 'contact' | 'enrolment' | 'step' | 'leg'>;

/** A token of an image opens no link, and none of a link an image. */
const field = 'open';
const Fields = z.tuple([ContactId, EnrolmentId, Name, z.int().min(0)]);

const imageToken = (cipher: Pick<Cipher, 'seal'>, { contact, enrolment, step, leg }: Opened): string =>
  sealToken(cipher, field, [contact, enrolment, step, leg]);

/** Reads the token of an image. Throws `link.invalid` on anything that was not made for one under the same key. */
export const readImageToken = (cipher: Pick<Cipher, 'open'>, token: string): Opened => {
  const read = Fields.safeParse(openToken(cipher, field, token));
  if (!read.success) throw new SendwellError('link.invalid');
  const [contact, enrolment, step, leg] = read.data;
  return { contact, enrolment, step, leg };
};

/** Where the image of a send is fetched. `base` is the organisation's `linkBase`, without a trailing slash. */
export const imageUrl = (cipher: Pick<Cipher, 'seal'>, base: string, send: Opened): string => `${base}/o/${imageToken(cipher, send)}`;

const escaped = (url: string): string => url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Puts the image at the end of a mail, where it shows nothing and is read out as nothing. */
export const withImage = (html: string, url: string): string => {
  const image = `<img src="${escaped(url)}" width="1" height="1" alt="" style="border:0">`;
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end === -1 ? `${html}${image}` : `${html.slice(0, end)}${image}${html.slice(end)}`;
};
