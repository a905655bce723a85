import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { pageExpiry, pagePaths } from '../../lib/core/link/page-token.ts';
import type { PageLink } from '../../lib/core/link/page-token.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import type { Link } from '../../lib/core/link/token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import { languageOf } from '../../lib/core/pages/language.ts';
import { renderUnsubscribe, renderUnsubscribed } from '../../lib/core/pages/unsubscribe.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { ApiAnswer, PageRequest } from '../middleware.ts';

/** `GET` and `POST /u/{token}`. */
export const UnsubscribeRequest = z.object({ token: z.string().min(1).max(1000) });
export type UnsubscribeRequest = z.infer<typeof UnsubscribeRequest>;

export type UnsubscribePorts = {
  readonly readLink: (token: string) => Promise<Link>;
  /** The token of a preference page. */
  readonly sealPreferences: (link: PageLink) => Promise<string>;
  readonly newId: () => string;
  readonly contacts: Pick<ContactStore, 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** Days that the way from here to the preference page stays open. */
const preferenceDays = 7;

/**
 * Stops commercial mail to a contact at once, on the POST that RFC 8058 has mail clients make, or that the page's button
 * makes. A GET shows the page and changes nothing: scanners follow links. No log-in, no fee, no question, 16 CFR 316.5.
 * Journeys of commercial messages end with it; care messages go on: leaving marketing keeps reminders.
 */
export const unsubscribe = (ports: UnsubscribePorts) => async ({ token }: UnsubscribeRequest, request: PageRequest): Promise<ApiAnswer> => {
  const link = await ports.readLink(token);
  const preferences = await ports.sealPreferences({
    contact: link.contact, id: ports.newId(), form: null, expiresAt: pageExpiry(ports.clock.now(), preferenceDays),
  });
  const page = {
    language: languageOf({ asked: request.lang, header: request.languages }),
    organisation: ports.organisation.name,
    // Relative, so that it stays under the stage or the domain that the reader came by.
    preferences: `../${pagePaths.preferences}/${preferences}`,
  };
  if (request.method !== 'POST') return { status: 200, html: renderUnsubscribe(page) };
  const name = `unsubscribe-${link.enrolment}-${link.step}-${link.leg}`;
  await ports.contacts.update(link.contact, (record) => {
    const { suppressions } = record.standing;
    const earlier = suppressions.filter(({ id }) => id.startsWith(name));
    if (earlier.some((suppression) => suppression['released_at'] === null)) return record;
    // One that the reader undid on the preference page stays undone; this is a new wish.
    const id = earlier.length === 0 ? name : `${name}-${earlier.length + 1}`;
    const added = { id, scope: 'commercial', topic: null, received_at: ports.clock.now(), released_at: null, source: 'unsubscribe' };
    return { ...record, standing: { ...record.standing, suppressions: [...suppressions, added] } };
  });
  await ports.withdraw(link.contact);
  return { status: 200, html: renderUnsubscribed(page) };
};
