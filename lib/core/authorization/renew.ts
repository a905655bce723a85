import { covers, renewalsDue } from '../consent/renewals.ts';
import type { Capture, ContactRecord } from '../contact/record.ts';
import { HipaaAuthorization } from '../consent/records.ts';
import { enrolmentIdOf } from '../digest.ts';
import type { SendKey } from '../engine/send.ts';
import type { Name } from '../ids.ts';
import { pageExpiry } from '../link/page-token.ts';
import type { PageLink } from '../link/page-token.ts';
import type { Organisation } from '../organisation.ts';
import type { Instant } from '../time.ts';
import type { AuthorizationForm } from './form.ts';
import { authorizationOf } from './sign.ts';

/** Days that the link of a notice opens the form. */
const renewDays = 30;

/** Without a run of its own a notice is about the authorization that ends next, if it ends within a year. */
const yearDays = 366;

type Consent = ContactRecord['standing']['consents'][number];

/** The authorization that a run was entered for, whose id is the key of the entry. */
const enteredFor = async (consents: readonly Consent[], { contact, enrolment }: SendKey, journey: Name): Promise<Consent | undefined> => {
  for (const consent of consents) if (await enrolmentIdOf(contact, journey, consent.id) === enrolment) return consent;
  return undefined;
};

const unsigned = { id: '', evidence: '', signedAt: '', endsAt: '', method: '', copyGiven: false };

/** The form by which an authorization was signed, while it covers as much; else the first that does. */
const formFor = (consent: Consent, organisation: Pick<Organisation, 'authorizationForms' | 'entityId' | 'authorization'>): AuthorizationForm | undefined => {
  const { data: old } = HipaaAuthorization.safeParse(consent);
  if (old === undefined) return undefined;
  const fit = organisation.authorizationForms.filter((form) => covers(authorizationOf({ form, organisation }, unsigned), old));
  const version = (consent['capture'] as Capture | undefined)?.version ?? '';
  return fit.find(({ id }) => version.startsWith(`${id}-`)) ?? fit[0];
};

/**
 * The link by which a reader signs anew what is about to end; undefined where nothing is, or no form covers it. All mail
 * of one run leads to one page, which after signing shows the copy.
 */
export const renewLink = async (
  record: ContactRecord, send: SendKey, journey: Name,
  organisation: Pick<Organisation, 'authorizationForms' | 'entityId' | 'authorization'>, now: Instant,
): Promise<PageLink | undefined> => {
  const { consents } = record.standing;
  const [next] = renewalsDue(consents, now, yearDays);
  const ending = await enteredFor(consents, send, journey) ?? consents.find(({ id }) => id === next?.id);
  const form = ending === undefined ? undefined : formFor(ending, organisation);
  if (form === undefined) return undefined;
  return { contact: send.contact, id: `renew${send.enrolment.slice(2)}`, form: form.id, expiresAt: pageExpiry(now, renewDays) };
};
