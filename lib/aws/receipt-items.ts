import type { PutCommandInput, TransactWriteCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Head } from '../core/audit/chain.ts';
import { origin } from '../core/audit/chain.ts';
import type { Draft, Receipt } from '../core/audit/receipt.ts';
import { occasionOf, referenceOf } from '../core/audit/receipt.ts';
import { pack } from './packed.ts';
import { receipts as layout } from './tables.ts';

export const headKey = { pk: layout.head, sk: layout.head };

export const dayKey = (day: string) => ({ pk: layout.days, sk: day });

/** A page of receipts, by the position of its first one. */
export const receiptsKey = (day: string, position: number) =>
  ({ pk: `${layout.dayPrefix}${day}`, sk: String(position).padStart(9, '0') });

/** What became of a page, by its id. */
export const pageKey = (page: string) => ({ pk: `${layout.pagePrefix}${page}`, sk: layout.page });

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

/** Claims an outcome of a send for a page; a repeated claim of the page itself, which the SDK may make, is no refusal. */
export const claimParams = (table: string, draft: Draft, page: string, instead = page): PutCommandInput => ({
  TableName: table,
  Item: { pk: `${layout.sendPrefix}${referenceOf(draft)}`, sk: occasionOf(draft), page },
  ConditionExpression: 'attribute_not_exists(pk) OR page = :instead',
  ExpressionAttributeValues: { ':instead': instead },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

/** A page is given up in the very row that its append would put, so only one of the two comes to pass. */
export const giveUpParams = (table: string, page: string): PutCommandInput => ({
  ...once(table, { ...pageKey(page), givenUp: true }), ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

/** The head first, then what became of the page, then the page itself, then the day where it is new. */
export const appendParams = (table: string, from: Head, page: string, receipts: readonly Receipt[]): TransactWriteCommandInput => {
  const { day, position } = receipts[0] ?? from;
  return {
    TransactItems: [
      { Update: moveHeadParams(table, from, receipts.at(-1) ?? from) },
      { Put: once(table, { ...pageKey(page), day, position }) },
      { Put: once(table, { ...receiptsKey(day, position), receipts: pack(receipts) }) },
      ...(position === 1 ? [{ Put: once(table, { ...dayKey(day), after: from }) }] : []),
    ],
  };
};
