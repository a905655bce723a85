import * as z from 'zod';
import { stopBy } from '../../lib/core/engine/unsubscribe.ts';
import type { StopPorts } from '../../lib/core/engine/unsubscribe.ts';
import type { ErrorCode } from '../../lib/core/errors.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { Link } from '../../lib/core/link/token.ts';

/**
 * What Amazon SES tells of a mail to the unsubscribe mailbox, cut down on arrival to its subject: sender, recipients and
 * other headers are never read, and the body never comes here.
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export const UnsubscribeMail = z.object({
  mail: z.object({ commonHeaders: z.object({ subject: z.string().max(4000).optional() }) }),
});
export type UnsubscribeMail = z.infer<typeof UnsubscribeMail>;

export type UnsubscribeMailPorts = StopPorts & { readonly readLink: (token: string) => Promise<Link> };

/** Mail programs fold long subjects, so white space inside the token is none of its own. */
const tokenIn = (subject: string): string | undefined =>
  /^\s*unsubscribe\s+([\w-][\w\s-]{0,1200})$/iu.exec(subject)?.[1]?.replaceAll(/\s+/gu, '');

/** A token that stops nothing, for whatever reason: nobody is told, and the mail is done with. */
const inVain: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['link.invalid', 'contact.unknown', 'contact.shredded']);

/**
 * Stops mail by mail: the token in the subject does what its POST does, whoever the sender is. A subject without a
 * token, a forged or ended one, and one whose wish stands already change nothing; no answer goes out to anybody.
 */
export const ingestUnsubscribeMail = (ports: UnsubscribeMailPorts) => async ({ mail }: UnsubscribeMail): Promise<void> => {
  const token = tokenIn(mail.commonHeaders.subject ?? '');
  if (token === undefined) return;
  try {
    await stopBy(ports, await ports.readLink(token));
  } catch (error) {
    if (!(error instanceof SendwellError) || !inVain.has(error.code)) throw error;
  }
};
