import * as z from 'zod';
import { policyFaults } from '../core/consent/lawful.ts';
import { Name } from '../core/ids.ts';
import { Organisation } from '../core/organisation.ts';

/** Functions find the organisation in a variable, and Lambda holds 4 kB of them; the others take about 900 bytes. */
const organisationBytes = 3200;

const fitsFunction = (organisation: Organisation): boolean =>
  new TextEncoder().encode(JSON.stringify(organisation)).length <= organisationBytes;

/** A policy that cannot be read, or goes past the law, is refused before anything is deployed. */
const lawful = ({ policy }: Organisation, { addIssue }: z.core.$RefinementCtx<Organisation>): void => {
  for (const { code, key, message, remedy } of policyFaults(policy)) {
    addIssue({ code: 'custom', path: ['policy', key], message: `${code}: ${message}. ${remedy}` });
  }
};

/** What a deployment is made of, from the context of `cdk.json` or of the command line. */
export const Configuration = z.object({
  organisation: Organisation.refine(fitsFunction, { message: `longer than ${organisationBytes} bytes: shorten topics and forms` }).superRefine(lawful),
  /** Domain whose mail this deployment sends; its DKIM records are published by hand. */
  sendingDomain: z.hostname().max(253),
  /**
   * First word of stack, machine and role names, so that several deployments share an account. At most eight
   * characters, since a machine's name has 80 and a journey's takes 60 of them.
   */
  prefix: z.string().regex(/^[a-z][a-z0-9]{1,7}$/u).default('sendwell'),
  /** Journeys whose machines are EXPRESS; every other one is STANDARD. */
  express: z.array(Name).readonly().default([]),
  /** Whether this deployment receives the mail to `organisation.unsubscribeMailbox`; the command line gives a text. */
  receiveUnsubscribes: z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]).default(false),
}).refine(({ receiveUnsubscribes, organisation }) => !receiveUnsubscribes || organisation.unsubscribeMailbox !== undefined, {
  path: ['organisation', 'unsubscribeMailbox'], message: 'name the mailbox whose mail is to be received, or leave receiveUnsubscribes off',
});
export type Configuration = z.infer<typeof Configuration>;

/** Reads the context. Throws an Error that names each fault by its path and says what to do. */
export const readConfiguration = (context: unknown): Configuration => {
  const { data, error } = Configuration.safeParse(context);
  if (data !== undefined) return data;
  const faults = (error?.issues ?? []).map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`this deployment cannot be built; in cdk.json, or the context given:\n${faults.join('\n')}`);
};
