import * as z from 'zod';
import { Name } from '../ids.ts';

/** A language as a contact's record names it, without its region: `en`, `es`. */
export const LanguageTag = z.string().regex(/^[a-z]{2,3}$/u);
export type LanguageTag = z.infer<typeof LanguageTag>;

/** What a record or a run may lack: `contact.firstName`, `run.startsAt`. */
export const ValueName = z.string().max(80).regex(/^(?:contact|run)\.[a-z][A-Za-z0-9]*$/u);
export type ValueName = z.infer<typeof ValueName>;

/**
 * What becomes of a message where a value is missing: a text stands in for it, the message is not sent and the run goes
 * on, or the run ends as failed, so that somebody looks.
 */
export const MissingOutcome = z.union([z.literal('skip'), z.literal('fail'), z.strictObject({ default: z.string().trim().min(1).max(200) })]);
export type MissingOutcome = z.infer<typeof MissingOutcome>;

export const Missing = z.record(ValueName, MissingOutcome);
export type Missing = z.infer<typeof Missing>;

const body = {
  subject: z.string().min(1).max(200),
  /** The plain-text part. */
  text: z.string().min(1).max(100_000),
  /** The HTML part. */
  html: z.string().min(1).max(100_000),
};

/**
 * A message as its author wrote it, in Liquid. Templates read `contact.<field>`, `run.<attribute>`, `links.<name>`,
 * `sender` and `organisation`; nothing else is defined, and an undefined name is an error, never an empty gap.
 */
export const Template = z.strictObject({
  template: Name,
  ...body,
  /** Where each named link leads. A click on one is an event that `waitFor` can name. */
  links: z.record(Name, z.url({ protocol: /^https?$/u })).default({}),
  /** The language of subject and bodies, for everybody whose own language has no variant. */
  language: LanguageTag.optional(),
  missing: Missing.optional(),
  /** The same message in other languages. Links are those of the message; texts that stand in are its own. */
  variants: z.record(LanguageTag, z.strictObject({ ...body, missing: Missing.optional() })).optional(),
});
export type Template = z.infer<typeof Template>;
