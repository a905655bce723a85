import * as z from 'zod';
import { SendReference } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /sends/{send}/receipt`: what is kept of one send, oldest first. Ids, codes and hashes, no PHI. */
export const ReceiptRequest = z.strictObject({ send: SendReference });
export type ReceiptRequest = z.infer<typeof ReceiptRequest>;

export type ReceiptPorts = { readonly receipts: Pick<ReceiptStore, 'ofSend'> };

export const readReceipt = ({ receipts }: ReceiptPorts) => async ({ send }: ReceiptRequest): Promise<ApiAnswer> => {
  const found = await receipts.ofSend(send);
  if (found.length === 0) throw new SendwellError('receipt.unknown', { send });
  return { status: 200, json: { send, receipts: found } };
};
