import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { Capture } from '../contact/record.ts';
import { canonical } from '../consent/digest.ts';
import type { HipaaAuthorization } from '../consent/records.ts';
import { latestZone } from '../consent/zone.ts';
import { sha256 } from '../digest.ts';
import type { Organisation } from '../organisation.ts';
import { Language } from '../pages/language.ts';
import { wordsOf } from '../pages/words.ts';
import { Instant } from '../time.ts';
import { parseInstant } from '../offset-instant.ts';
import type { FormContext } from './sections.ts';
import { sectionsOf } from './sections.ts';

/** The signed form, word for word, as it is sealed with the contact's key and printed again as a copy. */
export const SignedForm = z.strictObject({
  format: z.literal(1),
  form: z.string(),
  version: z.int(),
  language: Language,
  title: z.string(),
  sections: z.array(z.strictObject({ heading: z.string(), text: z.string() })).readonly(),
  statement: z.string(),
  name: z.string(),
  signedAt: Instant,
  endsAt: Instant,
  /** Keeps the hash, which stands in keys and records, from being guessed from the name. */
  nonce: z.string(),
});
export type SignedForm = z.infer<typeof SignedForm>;

export type Signing = FormContext & {
  readonly name: string;
  readonly now: Instant;
  /** IANA name of the signer's zone, or null. */
  readonly zone: string | null;
  /** At least 128 bits at random. */
  readonly nonce: string;
};

/** The day after `days` days in the signer's zone, at its first instant: never longer than the reader would count. */
export const endOf = (now: Instant, days: number, zone: string | null): Instant => {
  const day = Temporal.Instant.from(now).toZonedDateTimeISO(zone ?? latestZone).toPlainDate().add({ days });
  return parseInstant(day.toZonedDateTime({ timeZone: zone ?? latestZone }).toInstant().toString());
};

export const signForm = (signing: Signing): SignedForm => {
  const { form, language, name, now, zone, nonce } = signing;
  return {
    format: 1, form: form.id, version: form.version, language, title: form[language].title,
    sections: sectionsOf(signing).map(({ heading, text }) => ({ heading, text })),
    statement: wordsOf(language).agree, name, signedAt: now, endsAt: endOf(now, form.expiresAfterDays, zone), nonce,
  };
};

/** SHA-256 of the signed form, the reference by which a record finds its evidence. */
export const evidenceOf = (signed: SignedForm): Promise<string> => sha256(canonical(signed));

/** What a signature on a form tells beside the form itself. */
export type SignatureFacts = {
  readonly id: string;
  readonly evidence: string;
  readonly signedAt: string;
  readonly endsAt: string;
  /** `typed_name`, or how else it came in. */
  readonly method: string;
  readonly copyGiven: boolean;
};

/** The record of a signature on a form; what the form does not say, the record does not claim. */
export const authorizationOf = (
  { form, organisation }: Pick<FormContext, 'form'> & { readonly organisation: Pick<Organisation, 'entityId' | 'authorization'> },
  { id, evidence, signedAt, endsAt, method, copyGiven }: SignatureFacts,
): HipaaAuthorization => {
  const { authorization: says } = organisation;
  return {
    id, type: 'hipaa_authorization', captured_at: signedAt, evidence_ref: evidence, revocation: null,
    information: { described: says.information, classes: [...form.classes] },
    disclosers: says.disclosers ? [organisation.entityId] : [],
    recipients: says.recipients ? [...form.recipients] : [],
    purposes: says.purpose ? [...form.purposes] : [],
    promoted_parties: says.purpose ? [...form.promotedParties] : [],
    expiration: { kind: says.expiry ? 'date' : 'none', at: says.expiry ? endsAt : null, event: null, event_occurred_at: null },
    signature: { signed_at: signedAt, signer: 'individual', method, representative_id: null, representative_authority: null },
    statements: {
      right_to_revoke: says.revocation, how_to_revoke: says.revocation, conditioning: says.conditioning,
      redisclosure: says.redisclosure, remuneration: says.remuneration,
    },
    plain_language: true, copy_given: copyGiven, combined_with: [], conditioned_on: [], known_false: false,
    channels: [...form.channels],
    state_form: { ...form.stateForm, ca_longer_term_requested: false },
  };
};

/** How a form was signed on the page; the words themselves are the evidence. */
export const captureOf = ({ form, version, language, statement }: SignedForm): Capture =>
  ({ source: 'form', version: `${form}-${version}`, language, wording: statement });
