import { objectName, receiptLines, receiptsPerObject, sealName, sealText } from '../../lib/core/audit/archive.ts';
import { dayOf, headOf } from '../../lib/core/audit/chain.ts';
import type { Archive, ReceiptDay, ReceiptStore } from '../../lib/core/audit/store.ts';
import type { Clock } from '../../lib/core/ports.ts';

export type ExportPorts = {
  readonly receipts: Pick<ReceiptStore, 'head' | 'openDay' | 'days' | 'ofDay' | 'markExported'>;
  readonly archive: Archive;
  readonly clock: Clock;
};

const exportDay = async ({ receipts, archive, clock }: ExportPorts, { day, after }: ReceiptDay): Promise<void> => {
  let end = after;
  for (let from = 1, more = true; more; from += receiptsPerObject) {
    const page = await receipts.ofDay(day, from, receiptsPerObject);
    const last = page.at(-1);
    if (last === undefined) break;
    await archive.keep(objectName(day, from), receiptLines(page));
    end = headOf(last);
    more = page.length === receiptsPerObject;
  }
  await archive.keep(sealName(day), sealText(day, after, end));
  await receipts.markExported(day, clock.now());
};

/**
 * Closes the days before today and writes each of them to the archive: its receipts, then a seal that says where the
 * chain began and ended. A run that breaks off is taken up by the next one, which writes the same bytes.
 */
export const exportReceipts = (ports: ExportPorts) => async (): Promise<{ readonly exported: readonly string[] }> => {
  const today = dayOf(ports.clock.now());
  const head = await ports.receipts.head();
  // Nobody appends to a day behind the head, so what is read of it below stays as it is.
  const open = head.day < today && head.day !== '' && await ports.receipts.openDay(head, today) ? today : head.day;
  const closed = (await ports.receipts.days()).filter(({ day, exportedAt }) => day < open && exportedAt === undefined);
  for (const day of closed) await exportDay(ports, day);
  return { exported: closed.map(({ day }) => day) };
};
