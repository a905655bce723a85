import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { env, required } from '../../lib/aws/env.ts';
import { unpack } from '../../lib/aws/packed.ts';
import type { Receipt } from '../../lib/core/audit/receipt.ts';

/** A row of the receipts that is a page, and what is in it. */
export type KeptPage = { readonly pk: string; readonly sk: string; readonly receipts: readonly Receipt[] };

/** The pages of the chain as they stand in the table, in order. */
export const keptPages = async (rows: DynamoDBDocumentClient): Promise<readonly KeptPage[]> => {
  const { Items = [] } = await rows.send(new ScanCommand({ TableName: required(env.receiptsTable) }));
  return Items.map(({ pk, sk, receipts }) => ({ pk: String(pk), sk: String(sk), receipts: receipts as Uint8Array }))
    .filter(({ pk }) => pk.startsWith('day#'))
    .sort((a, b) => (`${a.pk}${a.sk}` < `${b.pk}${b.sk}` ? -1 : 1))
    .map((page) => ({ ...page, receipts: unpack(page.receipts) }));
};

export const keptReceipts = async (rows: DynamoDBDocumentClient): Promise<readonly Receipt[]> =>
  (await keptPages(rows)).flatMap(({ receipts }) => receipts);
