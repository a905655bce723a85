import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import type { Link } from '../../lib/core/link/token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { ApiAnswer, ApiRequest } from '../middleware.ts';

/** `GET` and `POST /u/{token}`. */
export const UnsubscribeRequest = z.object({ token: z.string().min(1).max(1000) });
export type UnsubscribeRequest = z.infer<typeof UnsubscribeRequest>;

export type UnsubscribePorts = {
  readonly readLink: (token: string) => Promise<Link>;
  readonly contacts: Pick<ContactStore, 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#005a9c;color:#fff}
button:focus-visible{outline:3px solid #ffbf47;outline-offset:2px}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;

/**
 * Stops commercial mail to a contact at once, on the POST that RFC 8058 has mail clients make, or that the page's button
 * makes. A GET shows the page and changes nothing: scanners follow links. No log-in, no fee, no question, 16 CFR 316.5.
 * Journeys of commercial messages end with it; care messages go on: leaving marketing keeps reminders.
 */
export const unsubscribe = (ports: UnsubscribePorts) => async ({ token }: UnsubscribeRequest, { method }: ApiRequest): Promise<ApiAnswer> => {
  const link = await ports.readLink(token);
  const name = escape(ports.organisation.name);
  if (method !== 'POST') {
    return {
      status: 200,
      html: page('Stop promotional e-mail', `<p>${name} will stop sending promotional e-mail to this address. Messages about care and appointments go on.</p>
<form method="post"><button>Stop promotional e-mail</button></form>`),
    };
  }
  const id = `unsubscribe-${link.enrolment}-${link.step}-${link.leg}`;
  await ports.contacts.update(link.contact, (record) => {
    const { suppressions } = record.standing;
    if (suppressions.some((suppression) => suppression.id === id)) return record;
    const added = { id, scope: 'commercial', topic: null, received_at: ports.clock.now(), released_at: null, source: 'unsubscribe' };
    return { ...record, standing: { ...record.standing, suppressions: [...suppressions, added] } };
  });
  await ports.withdraw(link.contact);
  return { status: 200, html: page('Done', `<p>${name} has stopped sending promotional e-mail to this address.</p>`) };
};
