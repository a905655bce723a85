import * as z from 'zod';
import { Name } from '../core/ids.ts';
import { Organisation } from '../core/organisation.ts';

/** Functions find the organisation in a variable, and Lambda holds 4 kB of them; the others take about 900 bytes. */
const organisationBytes = 3200;

const fitsFunction = (organisation: Organisation): boolean =>
  new TextEncoder().encode(JSON.stringify(organisation)).length <= organisationBytes;

/** What a deployment is made of, from the context of `cdk.json` or of the command line. */
export const Configuration = z.object({
  organisation: Organisation.refine(fitsFunction, { message: `longer than ${organisationBytes} bytes: shorten topics and forms` }),
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
