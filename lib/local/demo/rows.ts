import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { enrolmentOf } from '../../aws/enrolment-item.ts';
import { env, required } from '../../aws/env.ts';
import { recordOf } from '../../aws/ledger.ts';
import { journeys } from '../../aws/tables.ts';
import type { Enrolment } from '../../core/engine/enrolment.ts';
import type { SendRecord } from '../../core/engine/send.ts';
import { Withdrawal } from '../../core/engine/withdrawal.ts';

/** What the tables hold, read past every handler and counter. */
export type Rows = {
  readonly enrolments: readonly Enrolment[];
  readonly sends: readonly SendRecord[];
  readonly withdrawals: readonly Withdrawal[];
};

type Item = Record<string, unknown>;

/**
 * Reads the Journeys and Ledger tables of the platform that runs in this process, unmetered.
 *
 * @param endpoint Of the DynamoDB engine.
 */
export const readRows = async (endpoint: string): Promise<Rows> => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  const scan = async (TableName: string): Promise<readonly Item[]> => {
    const items: Item[] = [];
    for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) items.push(...page.Items ?? []);
    return items;
  };
  try {
    const rows = await scan(required(env.journeysTable));
    return {
      enrolments: rows.filter(({ sk }) => String(sk).startsWith(journeys.enrolmentPrefix)).map(enrolmentOf),
      withdrawals: rows.filter(({ sk }) => String(sk).startsWith(journeys.withdrawalPrefix)).map((row) => Withdrawal.parse(row)),
      sends: (await scan(required(env.ledgerTable))).map(recordOf),
    };
  } finally {
    client.destroy();
  }
};
