import * as z from 'zod';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { PageKind, PageLink } from '../../lib/core/link/page-token.ts';
import { LinkDays, pageExpiry, pageUrl } from '../../lib/core/link/page-token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `POST /contacts/{contact}/links`: a link to a page of the contact, to hand over by mail, portal or desk. */
export const LinkRequest = z.strictObject({
  contact: ContactId,
  kind: z.enum(['preferences', 'authorization']),
  /** The form to sign. */
  form: Name.optional(),
  expiresInDays: LinkDays.default(7),
}).refine(({ kind, form }) => (kind === 'authorization') === (form !== undefined), { path: ['form'] });
export type LinkRequest = z.infer<typeof LinkRequest>;

export type LinkPorts = {
  readonly seal: (kind: PageKind, link: PageLink) => Promise<string>;
  readonly newId: () => string;
  readonly contacts: Pick<ContactStore, 'zone'>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** Makes the link without opening the contact. Throws `contact.unknown` and `form.unknown`. */
export const mintLink = (ports: LinkPorts) => async ({ contact, kind, form, expiresInDays }: LinkRequest): Promise<ApiAnswer> => {
  const { organisation } = ports;
  if (form !== undefined && organisation.authorizationForms.every(({ id }) => id !== form)) throw new SendwellError('form.unknown', { form });
  if (await ports.contacts.zone(contact) === undefined) throw new SendwellError('contact.unknown', { contact });
  const expiresAt = pageExpiry(ports.clock.now(), expiresInDays);
  const token = await ports.seal(kind, { contact, expiresAt, id: ports.newId(), form: form ?? null });
  return { status: 201, json: { url: pageUrl(organisation.linkBase, kind, token), expiresAt } };
};
