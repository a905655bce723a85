import type { SendKey } from '../engine/send.ts';
import type { Cipher } from '../vault/cipher.ts';
import { linkToken, linkUrl } from './token.ts';

/** The name of the link that a commercial mail ends with; it opens a page of its own. */
const unsubscribe = 'unsubscribe';

/** The URLs of a send's links, by name. `base` is the organisation's `linkBase`. */
export const linksOf = (
  cipher: Pick<Cipher, 'seal'>, base: string, { contact, enrolment, step, leg }: SendKey, names: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((link) => {
    const token = linkToken(cipher, { contact, enrolment, step, leg, link });
    return [link, link === unsubscribe ? `${base}/u/${token}` : linkUrl(base, token)];
  }));
