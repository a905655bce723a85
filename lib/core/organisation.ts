import * as z from 'zod';
import { AuthorizationElements, AuthorizationForm } from './authorization/form.ts';
import { Name } from './ids.ts';

/** A subscription topic in the words of the preference page. They must suit anyone: a topic names no condition. */
export const Topic = z.strictObject({ id: Name, en: z.string().min(1).max(80), es: z.string().min(1).max(80) });
export type Topic = z.infer<typeof Topic>;

/** The organisation that runs this deployment: configuration, set once at deployment, the same for every journey. */
export const Organisation = z.strictObject({
  /** Who sends, in consent records and decisions. */
  entityId: z.string().min(1).max(100),
  entityType: z.enum(['provider', 'health_plan', 'non_covered']),
  name: z.string().min(1).max(200),
  /** On every commercial mail, 15 USC 7704(a)(5)(A)(iii). */
  postalAddress: z.string().min(1).max(300),
  /** A program under 42 CFR Part 2. */
  part2Program: z.boolean(),
  /** The notice of privacy practices mentions fundraising, 45 CFR 164.514(f)(2)(i). */
  nppFundraisingStatement: z.boolean(),
  /** The business associate agreement that covers this deployment is in force, 45 CFR 164.504(e). */
  platformAgreement: z.boolean(),
  /** Where links in mail point, with scheme and host, without a trailing slash. */
  linkBase: z.url(),
  /** Overrides of the consent policy's defaults. */
  policy: z.record(z.string(), z.unknown()).default({}),
  /**
   * What people choose from on the preference page, the topics that journeys declare for their messages. At most twelve:
   * a page of choices is kept in one transaction, each with its proof.
   */
  topics: z.array(Topic).max(12).readonly().default([]),
  /** Reads mail to unsubscribe; the header of commercial mail names it beside the link. The subject carries the token. */
  unsubscribeMailbox: z.email().max(100).optional(),
  /** What every authorization form must say. */
  authorization: AuthorizationElements.prefault({}),
  authorizationForms: z.array(AuthorizationForm).readonly().default([]),
  /** Whoever gave an authorization that ends within so many days, 1 to 180, is told by this journey, once for each. */
  renewals: z.strictObject({ journey: Name, daysBefore: z.int().min(1).max(180) }).optional(),
});
export type Organisation = z.infer<typeof Organisation>;
