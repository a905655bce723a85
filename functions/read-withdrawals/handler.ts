import * as z from 'zod';
import { ContactId } from '../../lib/core/ids.ts';
import type { WithdrawalStore } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /contacts/{contact}/withdrawals`. */
export const WithdrawalsRequest = z.strictObject({ contact: ContactId });
export type WithdrawalsRequest = z.infer<typeof WithdrawalsRequest>;

export type WithdrawalsPorts = { readonly withdrawals: Pick<WithdrawalStore, 'ofContact'> };

/**
 * The proofs that a contact's revocations, opt-outs, complaints, bounces, restrictions and death were honoured, oldest
 * first: the runs each one ended and left, and the time taken. One without `completedAt` is under way. Ids and codes.
 */
export const readWithdrawals = ({ withdrawals }: WithdrawalsPorts) => async ({ contact }: WithdrawalsRequest): Promise<ApiAnswer> =>
  ({ status: 200, json: { contact, withdrawals: await withdrawals.ofContact(contact) } });
