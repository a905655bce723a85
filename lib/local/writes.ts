import { operationOf } from './calls.ts';
import type { Wrapper } from './calls.ts';

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems', 'DescribeTable']);

/** How often each table was written to, so that nobody asks a stream for records that cannot be there. */
export type Writes = { readonly of: (table: string) => number; readonly wrapper: Wrapper };

type Row = Readonly<Record<string, unknown>>;

const tablesOf = (input: Row): readonly string[] => {
  if (Array.isArray(input['TransactItems'])) {
    return (input['TransactItems'] as Readonly<Record<string, Row>>[])
      .flatMap((one) => Object.values(one).map((part) => String(part['TableName'])));
  }
  if (typeof input['RequestItems'] === 'object' && input['RequestItems'] !== null) return Object.keys(input['RequestItems']);
  return [String(input['TableName'])];
};

export const createWrites = (): Writes => {
  const counts = new Map<string, number>();
  return {
    of: (table) => counts.get(table) ?? 0,
    wrapper: async (call, send) => {
      if (call.client !== 'DynamoDBClient' || reads.has(operationOf(call))) return send(call);
      try {
        return await send(call);
      } finally {
        for (const table of tablesOf(call.input)) counts.set(table, (counts.get(table) ?? 0) + 1);
      }
    },
  };
};
