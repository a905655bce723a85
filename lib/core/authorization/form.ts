import * as z from 'zod';
import { DataClass } from '../consent/classes.ts';
import { Channel } from '../consent/channel.ts';
import { Name } from '../ids.ts';

const on = z.boolean().default(true);

/**
 * Elements of an authorization, 45 CFR 164.508(c)(1), (c)(2) and (a)(3)(ii). One that is switched off is neither shown
 * nor claimed in the record; without any of them but remuneration the consent engine refuses what rests on the form.
 */
export const AuthorizationElements = z.strictObject({
  information: on,
  disclosers: on,
  recipients: on,
  purpose: on,
  expiry: on,
  revocation: on,
  conditioning: on,
  redisclosure: on,
  remuneration: on,
});
export type AuthorizationElements = z.infer<typeof AuthorizationElements>;

const sentence = z.string().min(1).max(400);

/** What a form says of its own, in plain words and short sentences; the statements that the law asks of all are ours. */
export const FormText = z.strictObject({
  title: z.string().min(1).max(100),
  /** Worded so that it fits a reader of whom nothing is known: conditions "if any". */
  information: sentence,
  recipients: sentence,
  purpose: sentence,
  /** Who pays whom, or that nobody pays. */
  remuneration: sentence,
});
export type FormText = z.infer<typeof FormText>;

/** A form for one purpose. A changed text takes a new version. */
export const AuthorizationForm = z.strictObject({
  id: Name,
  version: z.int().min(1),
  en: FormText,
  es: FormText,
  classes: z.array(DataClass).min(1).readonly(),
  /** Entity ids that may receive the information. */
  recipients: z.array(z.string().min(1).max(100)).min(1).readonly(),
  purposes: z.array(z.enum(['marketing.own', 'marketing.third_party', 'fundraising'])).min(1).readonly(),
  /** Whose products the messages are about, where they are not the organisation's own. */
  promotedParties: z.array(z.string().min(1).max(100)).readonly().default([]),
  channels: z.array(Channel).min(1).readonly(),
  /** Counted in days from the day of the signature, 1 to 1,095. */
  expiresAfterDays: z.int().min(1).max(1095),
  /** The form follows Cal. Civ. Code 56.11 (14-point type, its own wording), or Tex. Health & Safety Code 181.154. */
  stateForm: z.strictObject({ ca_56_11: z.boolean().default(false), tx_181_154: z.boolean().default(false) }).prefault({}),
});
export type AuthorizationForm = z.infer<typeof AuthorizationForm>;
