import * as z from 'zod';
import { canonical } from '../../lib/core/consent/digest.ts';
import { Restriction } from '../../lib/core/consent/contact.ts';
import { ConsentRecord } from '../../lib/core/consent/records.ts';
import type { ContactRecord, Standing } from '../../lib/core/contact/record.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { Instant } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

const RecordId = z.string().min(1).max(100);

/** A consent as it was captured; it is revoked by a request of its own. */
const Captured = ConsentRecord.refine(({ revocation }) => revocation === null, { path: ['revocation'] })
  .refine(({ id }) => RecordId.safeParse(id).success, { path: ['id'] });

/** Stops what `scope` names, from now on. */
const SuppressionRequest = z.strictObject({
  scope: z.enum(['all', 'commercial', 'topic', 'sms', 'fundraising']),
  topic: Name.nullable().default(null),
  /** Where the wish came in. */
  source: Name,
}).refine(({ scope, topic }) => (scope === 'topic') === (topic !== null), { path: ['topic'] });

/**
 * `POST /contacts/{contact}/consents` with `record`, `suppression` or `restriction`;
 * `POST /contacts/{contact}/consents/{consent}/revocation` with `inWriting` and `via`.
 */
export const ConsentRequest = z.strictObject({
  contact: ContactId,
  record: Captured.optional(),
  suppression: SuppressionRequest.optional(),
  /** A restriction on uses that was asked for, and agreed to where `agreed_at` says so; 45 CFR 164.522(a). */
  restriction: Restriction.extend({ id: RecordId }).optional(),
  /** The consent to revoke. */
  consent: RecordId.optional(),
  inWriting: z.boolean().default(false),
  /** How the revocation came in: `portal`, `letter`, `phone`. */
  via: Name.default('api'),
}).refine(({ record, suppression, restriction, consent }) => [record, suppression, restriction, consent].filter((part) => part !== undefined).length === 1);
export type ConsentRequest = z.infer<typeof ConsentRequest>;

export type ConsentPorts = {
  readonly contacts: Pick<ContactStore, 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly clock: Clock;
};

const within = (record: ContactRecord, change: Partial<Standing>): ContactRecord =>
  ({ ...record, standing: { ...record.standing, ...change } });

const content = (consent: object): string => canonical({ ...consent, revocation: null });

const add = (contact: ContactRecord, consent: ConsentRecord): ContactRecord => {
  const { consents } = contact.standing;
  const known = consents.find(({ id }) => id === consent.id);
  if (known === undefined) return within(contact, { consents: [...consents, { ...consent, revocation: null }] });
  if (content(known) !== content(consent)) throw new SendwellError('consent.changed', { consent: consent.id });
  return contact;
};

const restrict = (contact: ContactRecord, restriction: Restriction): ContactRecord => {
  const { restrictions } = contact.standing;
  const known = restrictions.find(({ id }) => id === restriction.id);
  if (known === undefined) return within(contact, { restrictions: [...restrictions, restriction] });
  if (canonical(known) !== canonical(restriction)) throw new SendwellError('consent.changed', { consent: restriction.id });
  return contact;
};

/** The first revocation stands, with its instant. */
const revoke = (contact: ContactRecord, id: string, revocation: Standing['consents'][number]['revocation']): ContactRecord => {
  const { consents } = contact.standing;
  const index = consents.findIndex((consent) => consent.id === id);
  const consent = consents[index];
  if (consent === undefined) throw new SendwellError('consent.unknown', { consent: id });
  return consent.revocation === null ? within(contact, { consents: consents.with(index, { ...consent, revocation }) }) : contact;
};

const suppress = (contact: ContactRecord, { scope, topic, source }: z.infer<typeof SuppressionRequest>, now: Instant): ContactRecord => {
  const { suppressions } = contact.standing;
  const stands = suppressions.some((one) => one['scope'] === scope && one['topic'] === topic && one['released_at'] === null);
  if (stands) return contact;
  const id = `suppression-${suppressions.length + 1}`;
  return within(contact, { suppressions: [...suppressions, { id, scope, topic, received_at: now, released_at: null, source }] });
};

/**
 * Records a consent or a restriction, revokes a consent, or stops mail of a scope; repeated, each is no change. Whatever changes the record
 * also moves its gate, so a send that read the contact before does not leave; the runs that a revocation or suppression
 * touches have ended when it is answered. Its instant is taken after the record was read, and so after the decision of
 * each send that came first.
 * Throws `consent.changed` for a known id with another content, `consent.unknown` on the revocation of none.
 */
export const recordConsent = (ports: ConsentPorts) => async (request: ConsentRequest): Promise<ApiAnswer> => {
  const { contact, record, suppression, restriction, consent, inWriting, via } = request;
  const changed = await ports.contacts.update(contact, (before) => {
    if (record !== undefined) return add(before, record);
    if (restriction !== undefined) return restrict(before, restriction);
    const now = ports.clock.now();
    if (suppression !== undefined) return suppress(before, suppression, now);
    return consent === undefined ? before : revoke(before, consent, { received_at: now, in_writing: inWriting, via });
  });
  if (record === undefined) await ports.withdraw(contact);
  return { status: changed ? 201 : 200, json: { contact, changed } };
};
