import * as z from 'zod';
import { Name } from '../ids.ts';

/**
 * A message as its author wrote it, in Liquid. Templates read `contact.<field>`, `links.<name>`, `sender` and
 * `organisation`; nothing else is defined, and an undefined name is an error, never an empty gap.
 */
export const Template = z.strictObject({
  template: Name,
  subject: z.string().min(1).max(200),
  /** The plain-text part. */
  text: z.string().min(1).max(100_000),
  /** The HTML part. */
  html: z.string().min(1).max(100_000),
  /** Where each named link leads. A click on one is an event that `waitFor` can name. */
  links: z.record(Name, z.url({ protocol: /^https?$/u })).default({}),
});
export type Template = z.infer<typeof Template>;
