import * as z from 'zod';
import { Day } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import type { ApiAnswer } from '../middleware.ts';

/**
 * `GET /receipts`: the days that have receipts, and where the chain ends now. `GET /receipts/{day}` and
 * `GET /receipts/{day}/{position}`: receipts of a day from a position on, and at which to go on where there are more.
 */
export const ReceiptsRequest = z.strictObject({ day: Day.optional(), position: z.coerce.number().int().min(1).default(1) });
export type ReceiptsRequest = z.infer<typeof ReceiptsRequest>;

export type ReceiptsPorts = { readonly receipts: Pick<ReceiptStore, 'head' | 'days' | 'ofDay'> };

/** An answer of a Lambda function holds 6 MB at most; a receipt is about 1 KB. */
const pageSize = 1000;

export const readReceipts = ({ receipts }: ReceiptsPorts) => async ({ day, position }: ReceiptsRequest): Promise<ApiAnswer> => {
  if (day === undefined) {
    const head = await receipts.head();
    return { status: 200, json: { days: await receipts.days(), head } };
  }
  const page = await receipts.ofDay(day, position, pageSize);
  const last = page.at(-1);
  return { status: 200, json: { day, receipts: page, ...(page.length < pageSize || last === undefined ? {} : { next: last.position + 1 }) } };
};
