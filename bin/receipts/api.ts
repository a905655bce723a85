import * as z from 'zod';
import type { Head } from '../../lib/core/audit/chain.ts';
import { origin } from '../../lib/core/audit/chain.ts';
import type { DayOfReceipts, ReceiptSource } from '../../lib/core/audit/prove.ts';
import type { Api } from '../api/client.ts';
import { apiAt } from '../api/client.ts';

const Place = z.object({ day: z.string(), position: z.int(), hash: z.string() });
const Days = z.object({ days: z.array(z.object({ day: z.string() })), head: Place });
const Page = z.object({ receipts: z.array(z.unknown()), next: z.int().optional() });

/** Receipts of one send; none where the send has none. */
export const receiptsOverApi = async (base: string, reference: string): Promise<readonly unknown[]> =>
  Page.parse(await apiAt(base).get(`sends/${reference}/receipt`) ?? { receipts: [] }).receipts;

const isBehind = (value: unknown, head: Head): boolean => {
  const place = Place.safeParse(value).data;
  return place !== undefined && place.day === head.day && place.position > head.position;
};

/** What was appended after the head was read is left for the next time. */
const daysOverApi = async function* daysOverApi(api: Api, days: readonly string[], head: Head): AsyncIterable<DayOfReceipts> {
  for (const day of days.filter((one) => one <= head.day)) {
    const receipts: unknown[] = [];
    for (let next: number | undefined = 1; next !== undefined;) {
      const page: z.infer<typeof Page> = Page.parse(await api.get(`receipts/${day}/${next}`));
      receipts.push(...page.receipts.filter((receipt) => !isBehind(receipt, head)));
      next = page.next;
    }
    yield { day, receipts };
  }
};

export const sourceOverApi = async (base: string): Promise<ReceiptSource> => {
  const api = apiAt(base);
  const { days, head } = Days.parse(await api.get('receipts'));
  return { after: origin, head, days: daysOverApi(api, days.map(({ day }) => day).sort(), head) };
};
