import { link } from '../../lib/core/audit/chain.ts';
import type { Draft } from '../../lib/core/audit/receipt.ts';
import { occasionOf, receiptsOf, referenceOf } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import { appendLimit } from '../../lib/core/audit/store.ts';
import type { Change } from '../../lib/core/engine/counts.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { Clock } from '../../lib/core/ports.ts';

export type WritePorts = { readonly receipts: Pick<ReceiptStore, 'head' | 'append'>; readonly clock: Clock };

/** How often an append may find that another one was first before the batch is left to the stream to repeat. */
const attempts = 20;

const append = async ({ receipts, clock }: WritePorts, drafts: readonly Draft[]): Promise<void> => {
  let left = drafts;
  for (let attempt = 0; attempt < attempts && left.length > 0; attempt += 1) {
    const head = await receipts.head();
    const appended = await receipts.append(head, await link(head, left, clock.now()));
    if (appended.kind === 'appended') return;
    if (appended.kind === 'known') left = left.filter((_, index) => !appended.indexes.includes(index));
  }
  if (left.length > 0) throw new SendwellError('receipt.contended');
};

const nameOf = (draft: Draft): string => `${referenceOf(draft)} ${occasionOf(draft)}`;

/**
 * Appends a receipt for each send that settled or was put off and each delivery told, in the order of the writes. A batch that comes
 * again, whole or in part, adds nothing: each outcome of a send has one place in the chain.
 */
export const writeReceipts = (ports: WritePorts) => async (changes: readonly Change<SendRecord>[]): Promise<void> => {
  const drafts = [...new Map(changes.flatMap(receiptsOf).map((draft) => [nameOf(draft), draft])).values()];
  for (let from = 0; from < drafts.length; from += appendLimit) await append(ports, drafts.slice(from, from + appendLimit));
};
