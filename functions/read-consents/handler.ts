import * as z from 'zod';
import { consentView } from '../../lib/core/consent/view.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { ContactId } from '../../lib/core/ids.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /contacts/{contact}/consents` */
export const ReadConsentsRequest = z.strictObject({ contact: ContactId });
export type ReadConsentsRequest = z.infer<typeof ReadConsentsRequest>;

export type ReadConsentsPorts = {
  readonly contacts: Pick<ContactStore, 'open'>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

/** What a contact permits, and how it came to be. A use of PHI: one decryption, which the access log shows. */
export const readConsents = (ports: ReadConsentsPorts) => async ({ contact }: ReadConsentsRequest): Promise<ApiAnswer> => {
  const opened = await ports.contacts.open(contact);
  if (opened === undefined) throw new SendwellError('contact.unknown', { contact });
  return { status: 200, json: { contact, ...consentView(opened.record.open(), ports.organisation, ports.clock.now()) } };
};
