import * as z from 'zod';
import { signGet } from '../../lib/aws/sign.ts';
import type { Head } from '../../lib/core/audit/chain.ts';
import { origin } from '../../lib/core/audit/chain.ts';
import type { DayOfReceipts, ReceiptSource } from '../../lib/core/audit/prove.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const Place = z.object({ day: z.string(), position: z.int(), hash: z.string() });
const Days = z.object({ days: z.array(z.object({ day: z.string() })), head: Place });
const Page = z.object({ receipts: z.array(z.unknown()), next: z.int().optional() });

/** The API did not answer, or not with what was asked for. */
export class ApiFailed extends Error {
  override readonly name = 'ApiFailed';
}

/** Requests are signed where the environment holds credentials; the local platform asks for none. */
const signature = (url: URL, environment: Environment): Readonly<Record<string, string>> => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  const region = /\.execute-api\.([a-z0-9-]+)\./u.exec(url.host)?.[1] ?? environment['AWS_REGION'] ?? 'us-east-1';
  return signGet({ url, region, service: 'execute-api', credentials: { accessKeyId, secretAccessKey, sessionToken }, now: Date.now() });
};

const get = async (base: string, path: string): Promise<unknown> => {
  const url = new URL(`${base.replace(/\/$/u, '')}/${path}`);
  const answer = await fetch(url, { headers: signature(url, process.env), redirect: 'error' })
    .catch(() => { throw new ApiFailed(`${url.origin} does not answer`); });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new ApiFailed(`GET ${url.pathname} was answered with ${answer.status}`);
  return answer.json();
};

/** Receipts of one send; none where the send has none. */
export const receiptsOverApi = async (base: string, reference: string): Promise<readonly unknown[]> =>
  Page.parse(await get(base, `sends/${reference}/receipt`) ?? { receipts: [] }).receipts;

const isBehind = (value: unknown, head: Head): boolean => {
  const place = Place.safeParse(value).data;
  return place !== undefined && place.day === head.day && place.position > head.position;
};

/** What was appended after the head was read is left for the next time. */
const daysOverApi = async function* daysOverApi(base: string, days: readonly string[], head: Head): AsyncIterable<DayOfReceipts> {
  for (const day of days.filter((one) => one <= head.day)) {
    const receipts: unknown[] = [];
    for (let next: number | undefined = 1; next !== undefined;) {
      const page: z.infer<typeof Page> = Page.parse(await get(base, `receipts/${day}/${next}`));
      receipts.push(...page.receipts.filter((receipt) => !isBehind(receipt, head)));
      next = page.next;
    }
    yield { day, receipts };
  }
};

export const sourceOverApi = async (base: string): Promise<ReceiptSource> => {
  const { days, head } = Days.parse(await get(base, 'receipts'));
  return { after: origin, head, days: daysOverApi(base, days.map(({ day }) => day).sort(), head) };
};
