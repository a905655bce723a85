import * as z from 'zod';
import { authorizationOf, captureOf, evidenceOf, SignedForm, signForm } from '../../lib/core/authorization/sign.ts';
import type { AuthorizationForm } from '../../lib/core/authorization/form.ts';
import { canonical } from '../../lib/core/consent/digest.ts';
import type { ContactRecord } from '../../lib/core/contact/record.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { PageLink } from '../../lib/core/link/page-token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import { renderAuthorization, renderSigned } from '../../lib/core/pages/authorization.ts';
import type { SignFault } from '../../lib/core/pages/authorization.ts';
import { Language, languageOf } from '../../lib/core/pages/language.ts';
import { Phi } from '../../lib/core/phi.ts';
import type { Clock } from '../../lib/core/ports.ts';
import type { ApiAnswer, PageRequest } from '../middleware.ts';

/** `GET` and `POST /a/{token}`. */
export const AuthorizationRequest = z.object({
  token: z.string().min(1).max(1000),
  form: z.record(z.string(), z.string()),
});
export type AuthorizationRequest = z.infer<typeof AuthorizationRequest>;

export type AuthorizationPorts = {
  /** Throws `link.invalid`. */
  readonly readLink: (token: string) => Promise<PageLink>;
  readonly contacts: Pick<ContactStore, 'open' | 'update' | 'evidence'>;
  readonly organisation: Organisation;
  readonly newId: () => string;
  readonly clock: Clock;
};

/** What is signed through a link is named after it: a form that is sent twice is signed once. */
const recordId = ({ id }: PageLink): string => `authorization-${id}`;

const recordOf = (record: ContactRecord, link: PageLink) =>
  record.standing.consents.find(({ id }) => id === recordId(link));

const faultsOf = (sent: AuthorizationRequest['form'], form: AuthorizationForm, name: string): readonly SignFault[] => {
  if (sent['version'] !== String(form.version)) return ['formChanged'];
  return [...(/\p{L}/u.test(name) ? [] : ['nameMissing' as const]), ...(sent['agree'] === 'yes' ? [] : ['agreeMissing' as const])];
};

/** A name as one line of at most 200 characters. */
const nameIn = (sent: AuthorizationRequest['form']): string =>
  (sent['name'] ?? '').normalize('NFC').replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, 200);

/**
 * Shows a form to read and sign. A GET signs nothing. Signing keeps the authorization, and the form word for word
 * sealed with the contact's key, in one write; the link then shows the copy, 45 CFR 164.508(c)(4), until it ends.
 */
export const showAuthorization = (ports: AuthorizationPorts) => async ({ token, form: sent }: AuthorizationRequest, request: PageRequest): Promise<ApiAnswer> => {
  const { organisation, contacts } = ports;
  const link = await ports.readLink(token);
  const form = organisation.authorizationForms.find(({ id }) => id === link.form);
  const opened = await contacts.open(link.contact);
  if (form === undefined || opened === undefined) throw new SendwellError('link.invalid');
  const { record, zone } = opened;
  const language = languageOf({ asked: request.lang, stored: record.open().fields.language, header: request.languages });

  const copy = async (after: ContactRecord): Promise<ApiAnswer | undefined> => {
    const kept = recordOf(after, link);
    if (kept === undefined) return undefined;
    const document = await contacts.evidence(link.contact, z.string().parse(kept['evidence_ref']));
    if (document === undefined) throw new SendwellError('internal', { contact: link.contact, at: 'evidence' });
    const signed = SignedForm.parse(JSON.parse(document.open()));
    const revokedAt = kept.revocation?.received_at ?? null;
    return { status: 200, html: renderSigned({ language, organisation: organisation.name, signed, zone, revokedAt }) };
  };

  const known = await copy(record.open());
  if (known !== undefined) return known;
  if (request.method !== 'POST') return { status: 200, html: renderAuthorization({ form, language, organisation, faults: [], name: '' }) };

  // The language of the text that was read, which need not be the one that the link now asks for.
  const shownIn = Language.safeParse(sent['language']).data ?? language;
  const name = nameIn(sent);
  const faults = faultsOf(sent, form, name);
  if (faults.length > 0) return { status: 422, html: renderAuthorization({ form, language: shownIn, organisation, faults, name }) };
  const signed = signForm({ form, language: shownIn, organisation, name, zone, now: ports.clock.now(), nonce: ports.newId() });
  const hash = await evidenceOf(signed);
  const { signedAt, endsAt } = signed;
  const facts = { id: recordId(link), evidence: hash, signedAt, endsAt, method: 'typed_name', copyGiven: true };
  const added = { ...authorizationOf({ form, organisation }, facts), revocation: null, capture: captureOf(signed) };
  let after: ContactRecord | undefined;
  await contacts.update(link.contact, (before) => {
    const consents = recordOf(before, link) === undefined ? [...before.standing.consents, added] : undefined;
    after = consents === undefined ? before : { ...before, standing: { ...before.standing, consents } };
    return after;
  }, { hash, document: new Phi(canonical(signed)) });
  const shown = after === undefined ? undefined : await copy(after);
  if (shown === undefined) throw new SendwellError('link.invalid');
  return shown;
};
