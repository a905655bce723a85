import * as z from 'zod';
import { stopBy } from '../../lib/core/engine/unsubscribe.ts';
import type { StopPorts } from '../../lib/core/engine/unsubscribe.ts';
import { pageExpiry, pagePaths } from '../../lib/core/link/page-token.ts';
import type { PageLink } from '../../lib/core/link/page-token.ts';
import { stoppedBy } from '../../lib/core/link/stop.ts';
import type { Link } from '../../lib/core/link/token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import { languageOf } from '../../lib/core/pages/language.ts';
import { renderUnsubscribe, renderUnsubscribed } from '../../lib/core/pages/unsubscribe.ts';
import type { ApiAnswer, PageRequest } from '../middleware.ts';

/** `GET` and `POST /u/{token}`. */
export const UnsubscribeRequest = z.object({ token: z.string().min(1).max(1000) });
export type UnsubscribeRequest = z.infer<typeof UnsubscribeRequest>;

export type UnsubscribePorts = StopPorts & {
  readonly readLink: (token: string) => Promise<Link>;
  /** The token of a preference page. */
  readonly sealPreferences: (link: PageLink) => Promise<string>;
  readonly newId: () => string;
  readonly organisation: Organisation;
};

/** Days that the way from here to the preference page stays open. */
const preferenceDays = 7;

/**
 * Stops commercial mail to a contact at once, or fundraising where the link is that of a fundraising mail, on the POST that RFC 8058 has mail clients make, or that the page's button
 * makes. A GET shows the page and changes nothing: scanners follow links. No log-in, no fee, no question, 16 CFR 316.5.
 * Journeys of such messages end with it; care messages go on: leaving marketing keeps reminders.
 */
export const unsubscribe = (ports: UnsubscribePorts) => async ({ token }: UnsubscribeRequest, request: PageRequest): Promise<ApiAnswer> => {
  const link = await ports.readLink(token);
  const stops = stoppedBy(link);
  const preferences = await ports.sealPreferences({
    contact: link.contact, id: ports.newId(), form: null, expiresAt: pageExpiry(ports.clock.now(), preferenceDays),
  });
  const page = {
    language: languageOf({ asked: request.lang, header: request.languages }),
    organisation: ports.organisation.name,
    stops,
    // Relative, so that it stays under the stage or the domain that the reader came by.
    preferences: `../${pagePaths.preferences}/${preferences}`,
  };
  if (request.method !== 'POST') return { status: 200, html: renderUnsubscribe(page) };
  await stopBy(ports, link);
  return { status: 200, html: renderUnsubscribed(page) };
};
