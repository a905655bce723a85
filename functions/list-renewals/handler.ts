import * as z from 'zod';
import type { RenewalStore } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /renewals?month=2027-01&after={cursor}`; months are those of UTC. */
export const RenewalsRequest = z.strictObject({
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u),
  after: z.base64url().min(1).max(400).optional(),
});
export type RenewalsRequest = z.infer<typeof RenewalsRequest>;

export type RenewalsPorts = { readonly renewals: Pick<RenewalStore, 'ofMonth'> };

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');
const keyOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/**
 * The authorizations of all contacts that end in a month, soonest first, as ids and instants. A page may be short; there
 * are more until `after` is null. It lists and sends nothing: a notice that a renewal is due is a message like any other,
 * so it is the business of a journey, which the organisation enrols these contacts in.
 */
export const listRenewals = ({ renewals }: RenewalsPorts) => async ({ month, after }: RenewalsRequest): Promise<ApiAnswer> => {
  const { ending, cursor } = await renewals.ofMonth(month, after === undefined ? undefined : keyOf(after));
  return { status: 200, json: { month, renewals: ending, after: cursor === undefined ? null : cursorOf(cursor) } };
};
