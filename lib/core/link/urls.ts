import type { SendKey } from '../engine/send.ts';
import type { Cipher } from '../vault/cipher.ts';
import type { StopLink } from './stop.ts';
import { linkToken, linkUrl } from './token.ts';

/**
 * The URLs of a send's links, by name. `base` is the organisation's `linkBase`. The link that stops mail opens a page of
 * its own, and goes by the name `unsubscribe` whatever it stops.
 */
export const linksOf = (
  cipher: Pick<Cipher, 'seal'>, base: string, { contact, enrolment, step, leg }: SendKey, names: readonly string[], stop?: StopLink,
): Readonly<Record<string, string>> => {
  const token = (link: string): string => linkToken(cipher, { contact, enrolment, step, leg, link });
  return {
    ...Object.fromEntries(names.map((link) => [link, linkUrl(base, token(link))])),
    ...(stop === undefined ? {} : { unsubscribe: `${base}/u/${token(stop)}` }),
  };
};
