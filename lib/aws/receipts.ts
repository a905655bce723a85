import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Head } from '../core/audit/chain.ts';
import { headOf, origin } from '../core/audit/chain.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import { referenceOf } from '../core/audit/receipt.ts';
import type { Appended, ReceiptDay, ReceiptStore } from '../core/audit/store.ts';
import { SendwellError } from '../core/errors.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import { unpack } from './packed.ts';
import { appendParams, claimParams, dayKey, giveUpParams, headKey, moveHeadParams, pageKey, receiptsKey } from './receipt-items.ts';
import type { Runtime } from './runtime.ts';
import { receipts as layout } from './tables.ts';

type Row = Readonly<Record<string, unknown>>;

/** Pages that one query reads of a day: full ones hold some two thousand receipts, those of a quiet day a few each. */
const pagesAtOnce = 10;

/** Rows of another edition, which kept each receipt in a row of its own, are refused rather than passed over. */
const Claim = z.object({ page: z.string() });

const receiptsIn = ({ pk, sk, receipts }: Row): readonly Receipt[] => {
  try {
    return unpack(receipts as Uint8Array);
  } catch {
    throw new SendwellError('receipt.unreadable', { day: String(pk).slice(layout.dayPrefix.length), position: Number(sk) });
  }
};

/** What a cancelled append says; rethrows any cause but a page that is settled and a lost race. */
const refusal = (error: unknown): Appended => {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const [head, page, ...others] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  if (page === 'ConditionalCheckFailed') return 'settled';
  if (head === 'ConditionalCheckFailed' || [head, page, ...others].includes('TransactionConflict')) return 'moved';
  throw error;
};

const inOrder = (a: Receipt, b: Receipt): number => (a.day === b.day ? a.position - b.position : a.day < b.day ? -1 : 1);

export const receipts = (runtime: Runtime, table: string): ReceiptStore => {
  const client = documentClient(runtime);
  const get = async (Key: Row): Promise<Row | undefined> =>
    (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  const query = async (input: Omit<QueryCommandInput, 'TableName'>) => {
    const { Items: rows = [], LastEvaluatedKey: after } = await client.send(new QueryCommand({ TableName: table, ConsistentRead: true, ...input }));
    return { rows, after };
  };
  const partition = async (pk: string): Promise<readonly Row[]> => {
    const found: Row[] = [];
    let after: Row | undefined;
    do {
      const page = await query({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk }, ExclusiveStartKey: after });
      found.push(...page.rows);
      ({ after } = page);
    } while (after !== undefined);
    return found;
  };
  /** Sort key of the page that holds a position, or that would. */
  const startOf = async (day: string, position: number): Promise<string> => {
    const { pk, sk } = receiptsKey(day, position);
    if (position === 1) return sk;
    const { rows: [row] } = await query({
      KeyConditionExpression: 'pk = :pk AND sk <= :sk', ExpressionAttributeValues: { ':pk': pk, ':sk': sk }, ScanIndexForward: false, Limit: 1,
    });
    return String(row?.['sk'] ?? sk);
  };
  /** Where the receipts of a page are; undefined where it was given up or is not appended yet. */
  const placeOf = async (page: string): Promise<ReturnType<typeof receiptsKey> | undefined> => {
    const row = await get(pageKey(page));
    return row?.['day'] === undefined ? undefined : receiptsKey(String(row['day']), Number(row['position']));
  };
  return {
    head: async () => {
      const row = await get(headKey);
      return row === undefined ? origin : headOf(row as Head);
    },
    claim: async (draft, page, instead) => {
      const put = await unlessRefused(client.send(new PutCommand(claimParams(table, draft, page, instead))), unmarshall);
      const standing = isRefused(put) ? Claim.parse(put.standing).page : page;
      return standing === page ? undefined : standing;
    },
    isAppended: async (page) => await placeOf(page) !== undefined,
    giveUp: async (page) => {
      const put = await unlessRefused(client.send(new PutCommand(giveUpParams(table, page))), unmarshall);
      return !isRefused(put) || put.standing?.['givenUp'] === true;
    },
    append: async (head, page, receipts) => {
      try {
        await client.send(new TransactWriteCommand(appendParams(table, head, page, receipts)));
        return 'appended';
      } catch (error) {
        return refusal(error);
      }
    },
    openDay: async (head, day) => {
      const update = client.send(new UpdateCommand(moveHeadParams(table, head, { day, position: 0, hash: head.hash })));
      return !isRefused(await unlessRefused(update, unmarshall));
    },
    ofDay: async (day, from, limit) => {
      const found: Receipt[] = [];
      const values = { ':pk': receiptsKey(day, from).pk, ':start': await startOf(day, from) };
      let after: Row | undefined;
      do {
        const page = await query({
          KeyConditionExpression: 'pk = :pk AND sk >= :start', ExpressionAttributeValues: values, ExclusiveStartKey: after, Limit: pagesAtOnce,
        });
        found.push(...page.rows.flatMap(receiptsIn).filter(({ position }) => position >= from));
        ({ after } = page);
      } while (after !== undefined && found.length < limit);
      return found.slice(0, limit);
    },
    ofSend: async (reference) => {
      const pages = new Set((await partition(`${layout.sendPrefix}${reference}`)).map((row) => Claim.parse(row).page));
      const found = await Promise.all([...pages].map(async (page) => {
        const place = await placeOf(page);
        const row = place === undefined ? undefined : await get(place);
        return row === undefined ? [] : receiptsIn(row).filter((receipt) => referenceOf(receipt) === reference);
      }));
      return found.flat().sort(inOrder);
    },
    days: async () => (await partition(layout.days)).map(({ sk, after, exportedAt }) =>
      ({ day: sk, after, exportedAt }) as ReceiptDay),
    markExported: async (day, at) => {
      await client.send(new UpdateCommand({
        TableName: table, Key: dayKey(day),
        UpdateExpression: 'SET exportedAt = if_not_exists(exportedAt, :at)', ExpressionAttributeValues: { ':at': at },
      }));
    },
  };
};
