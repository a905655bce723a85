import * as z from 'zod';
import { SendwellError } from '../errors.ts';
import { ContactId, Name } from '../ids.ts';
import type { Cipher } from '../vault/cipher.ts';
import { addSeconds, Instant } from '../time.ts';
import { openToken, sealToken } from './seal.ts';

/** A page that a contact opens without an account: `/p/` holds preferences, `/a/` an authorization to sign. */
export const pagePaths = { preferences: 'p', authorization: 'a' } as const;
export type PageKind = keyof typeof pagePaths;

/** Days that a link to a page may work, 1 to 30. */
export const LinkDays = z.int().min(1).max(30);

export const PageLink = z.strictObject({
  contact: ContactId,
  /** From this instant on the link opens nothing. */
  expiresAt: Instant,
  /** Random; what is signed through the link is named after it, so it is signed once. */
  id: z.string().regex(/^[a-z0-9]{8,40}$/u),
  /** The form to sign; null for preferences. */
  form: Name.nullable(),
});
export type PageLink = z.infer<typeof PageLink>;

const Fields = z.tuple([ContactId, Instant, PageLink.shape.id, Name.nullable()]);

/** A token of one kind of page opens no other, and none of the links in mail. */
const fieldOf = (kind: PageKind): string => `page-${kind}`;

export const pageToken = (cipher: Pick<Cipher, 'seal'>, kind: PageKind, { contact, expiresAt, id, form }: PageLink): string =>
  sealToken(cipher, fieldOf(kind), [contact, expiresAt, id, form]);

/** Throws `link.invalid` alike on a forged, a truncated and an expired token. */
export const readPageToken = (cipher: Pick<Cipher, 'open'>, kind: PageKind, token: string, now: Instant): PageLink => {
  const read = Fields.safeParse(openToken(cipher, fieldOf(kind), token));
  if (!read.success || read.data[1] <= now) throw new SendwellError('link.invalid');
  const [contact, expiresAt, id, form] = read.data;
  return { contact, expiresAt, id, form };
};

export const pageExpiry = (now: Instant, days: number): Instant => addSeconds(now, days * 86_400);

export const pageUrl = (base: string, kind: PageKind, token: string): string => `${base}/${pagePaths[kind]}/${token}`;
