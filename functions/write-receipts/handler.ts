import { link } from '../../lib/core/audit/chain.ts';
import { claimFor } from '../../lib/core/audit/claim.ts';
import { pagesOf } from '../../lib/core/audit/page.ts';
import type { Draft } from '../../lib/core/audit/receipt.ts';
import { occasionOf, receiptsOf, referenceOf } from '../../lib/core/audit/receipt.ts';
import type { ReceiptStore } from '../../lib/core/audit/store.ts';
import type { Change } from '../../lib/core/engine/counts.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { Clock } from '../../lib/core/ports.ts';

export type WritePorts = {
  readonly receipts: Pick<ReceiptStore, 'head' | 'claim' | 'isAppended' | 'giveUp' | 'append'>;
  /** An id that no other page gets, neither now nor in another process. */
  readonly newPage: () => string;
  readonly clock: Clock;
};

/** How often another writer may be first before the batch is left to the stream to repeat. */
const attempts = 20;

/** False where somebody gave the page up; its claims are void then. */
const append = async ({ receipts, clock }: WritePorts, page: string, drafts: readonly Draft[]): Promise<boolean> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const head = await receipts.head();
    const appended = await receipts.append(head, page, await link(head, drafts, clock.now()));
    if (appended !== 'moved') return appended === 'appended';
  }
  throw new SendwellError('receipt.contended');
};

const write = async (ports: WritePorts, drafts: readonly Draft[]): Promise<void> => {
  const id = ports.newPage();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // The same beginning each time: a writer keeps its turn before or behind another.
    const page = `${id}.${attempt}`;
    const claimed = await claimFor(ports.receipts, page, drafts);
    if (claimed.length === 0 || await append(ports, page, claimed)) return;
  }
  throw new SendwellError('receipt.contended');
};

const nameOf = (draft: Draft): string => `${referenceOf(draft)} ${occasionOf(draft)}`;

/**
 * Appends a receipt for each send that settled or was put off and each delivery told, in the order of the writes. A batch that comes
 * again, whole or in part, adds nothing: each outcome of a send has one place in the chain.
 */
export const writeReceipts = (ports: WritePorts) => async (changes: readonly Change<SendRecord>[]): Promise<void> => {
  const drafts = [...new Map(changes.flatMap(receiptsOf).map((draft) => [nameOf(draft), draft])).values()];
  for (const page of pagesOf(drafts)) await write(ports, page);
};
