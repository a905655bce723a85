import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { PutCommandInput, TransactWriteCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Head } from '../core/audit/chain.ts';
import { origin } from '../core/audit/chain.ts';
import { occasionOf, Receipt, referenceOf } from '../core/audit/receipt.ts';
import type { Appended, ReceiptDay, ReceiptStore } from '../core/audit/store.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { receipts as layout } from './tables.ts';

const headKey = { pk: layout.head, sk: layout.head };

const positionKey = (position: number): string => String(position).padStart(9, '0');

const receiptKey = (day: string, position: number) => ({ pk: `${layout.dayPrefix}${day}`, sk: positionKey(position) });

const receiptOf = ({ pk: _pk, sk: _sk, ...attributes }: Record<string, unknown>): Receipt => Receipt.parse(attributes);

/** Moves the head from one place to another; refused where the chain does not end at `from`. */
export const moveHeadParams = (table: string, from: Head, to: Head): UpdateCommandInput & { UpdateExpression: string } => ({
  TableName: table,
  Key: headKey,
  UpdateExpression: 'SET #day = :day, #position = :position, #hash = :hash',
  ConditionExpression: from.day === origin.day
    ? 'attribute_not_exists(pk)' : '#day = :fromDay AND #position = :fromPosition AND #hash = :fromHash',
  ExpressionAttributeNames: { '#day': 'day', '#position': 'position', '#hash': 'hash' },
  ExpressionAttributeValues: {
    ':day': to.day, ':position': to.position, ':hash': to.hash,
    ...(from.day === origin.day ? {} : { ':fromDay': from.day, ':fromPosition': from.position, ':fromHash': from.hash }),
  },
});

const once = (table: string, Item: Record<string, unknown>): PutCommandInput =>
  ({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' });

/** The head first, then for each receipt itself and its place, then the day where it is new. */
export const appendParams = (table: string, from: Head, receipts: readonly Receipt[]): TransactWriteCommandInput => ({
  TransactItems: [
    { Update: moveHeadParams(table, from, receipts.at(-1) ?? from) },
    ...receipts.flatMap((receipt) => [
      { Put: once(table, { ...receiptKey(receipt.day, receipt.position), ...receipt }) },
      { Put: once(table, {
        pk: `${layout.sendPrefix}${referenceOf(receipt)}`, sk: occasionOf(receipt), day: receipt.day, position: receipt.position,
      }) },
    ]),
    ...receipts.filter(({ position }) => position === 1)
      .map(({ day }) => ({ Put: once(table, { pk: layout.days, sk: day, after: from }) })),
  ],
});

/** What a cancelled append says; rethrows any cause but a lost race and receipts that are there. */
const refusal = (error: unknown, count: number): Appended => {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  // Another batch of the same outcomes moved the head as well, so places that are taken are told first.
  const indexes = Array.from({ length: count }, (_, index) => index).filter((index) => codes[2 * index + 2] === 'ConditionalCheckFailed');
  if (indexes.length > 0) return { kind: 'known', indexes };
  if (codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')) return { kind: 'moved' };
  throw error;
};

export const receipts = (runtime: Runtime, table: string): ReceiptStore => {
  const client = documentClient(runtime);
  const query = async (pk: string, more: { readonly from?: string; readonly limit?: number } = {}) => {
    const items: Record<string, unknown>[] = [];
    let after: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true,
        KeyConditionExpression: more.from === undefined ? 'pk = :pk' : 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': pk, ...(more.from === undefined ? {} : { ':from': more.from }) },
        ExclusiveStartKey: after,
        ...(more.limit === undefined ? {} : { Limit: more.limit - items.length }),
      }));
      items.push(...(page.Items ?? []));
      after = page.LastEvaluatedKey;
    } while (after !== undefined && items.length < (more.limit ?? Infinity));
    return items;
  };
  return {
    head: async () => {
      const found = await client.send(new GetCommand({ TableName: table, Key: headKey, ConsistentRead: true }));
      if (found.Item === undefined) return origin;
      const { day, position, hash } = found.Item as Head;
      return { day, position, hash };
    },
    append: async (head, receipts) => {
      try {
        await client.send(new TransactWriteCommand(appendParams(table, head, receipts)));
        return { kind: 'appended' };
      } catch (error) {
        return refusal(error, receipts.length);
      }
    },
    openDay: async (head, day) => {
      const update = client.send(new UpdateCommand(moveHeadParams(table, head, { day, position: 0, hash: head.hash })));
      return !isRefused(await unlessRefused(update, unmarshall));
    },
    page: async (day, from, limit) =>
      (await query(`${layout.dayPrefix}${day}`, { from: positionKey(from), limit })).map(receiptOf),
    ofSend: async (reference) => {
      const places = await query(`${layout.sendPrefix}${reference}`);
      const found = await Promise.all(places.map(async ({ day, position }) => {
        const Key = receiptKey(String(day), Number(position));
        return (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
      }));
      return found.flatMap((item) => (item === undefined ? [] : [receiptOf(item)]))
        .sort((a, b) => (a.day === b.day ? a.position - b.position : a.day < b.day ? -1 : 1));
    },
    days: async () => (await query(layout.days)).map(({ sk, after, exportedAt }) =>
      ({ day: sk, after, exportedAt }) as ReceiptDay),
    markExported: async (day, at) => {
      await client.send(new UpdateCommand({
        TableName: table, Key: { pk: layout.days, sk: day },
        UpdateExpression: 'SET exportedAt = if_not_exists(exportedAt, :at)', ExpressionAttributeValues: { ':at': at },
      }));
    },
  };
};
