import type { Head } from '../../core/audit/chain.ts';
import { origin } from '../../core/audit/chain.ts';
import type { DayOfReceipts } from '../../core/audit/prove.ts';
import { prove } from '../../core/audit/prove.ts';
import { Receipt, referenceOf } from '../../core/audit/receipt.ts';
import type { Verdict } from '../../core/audit/verify.ts';
import type { Platform } from '../platform.ts';
import { ask } from './ask.ts';

/** What the chain of receipts proves. */
export type Proved = {
  readonly verdict: Verdict;
  /** References of the sends that have a receipt. */
  readonly sends: ReadonlySet<string>;
};

type Days = { readonly days: readonly { readonly day: string }[]; readonly head: Head };
type Page = { readonly receipts: readonly unknown[]; readonly next?: number };

const readDay = async (platform: Platform, day: string): Promise<readonly unknown[]> => {
  const receipts: unknown[] = [];
  for (let next: number | undefined = 1; next !== undefined;) {
    const page: Page = await ask<Page>(platform, 'GET', `/receipts/${day}/${next}`);
    receipts.push(...page.receipts);
    next = page.next;
  }
  return receipts;
};

const inTurn = async function* inTurn(days: readonly DayOfReceipts[]): AsyncIterable<DayOfReceipts> {
  for (const day of days) yield await Promise.resolve(day);
};

/** Reads every receipt through the API and proves the chain from its origin to its head. */
export const proveReceipts = async (platform: Platform): Promise<Proved> => {
  const { days: listed, head } = await ask<Days>(platform, 'GET', '/receipts');
  const days: DayOfReceipts[] = [];
  for (const day of listed.map((one) => one.day).sort()) days.push({ day, receipts: await readDay(platform, day) });
  const { verdict } = await prove({ after: origin, head, days: inTurn(days) });
  const read = days.flatMap(({ receipts }) => receipts.flatMap((value) => Receipt.safeParse(value).data ?? []));
  return { verdict, sends: new Set(read.map(referenceOf)) };
};
