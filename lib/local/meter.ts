import { operationOf } from './calls.ts';
import type { Output, Wrapper } from './calls.ts';
import { invocations } from './invocation.ts';

/** What was used, in the units that AWS bills. */
export type Usage = {
  /** States entered, retries too. */
  stateTransitions: number;
  executions: number;
  /** By function. */
  invocations: Record<string, number>;
  /** Invocations that ended in an error, by function. */
  failures: Record<string, number>;
  /** Capacity units, indexes and transactions included. A refused conditional write counts as one that was made. */
  dynamo: { read: number; write: number };
  dynamoCalls: Record<string, number>;
  /** The capacity units again, by function. */
  dynamoBy: Record<string, { read: number; write: number }>;
  kms: Record<string, number>;
  ses: { sent: number; rejected: number; events: number };
  /** Requests of functions and of event source mappings, by operation. */
  sqs: Record<string, number>;
  /** Publications to topics. */
  sns: number;
};

export type Meter = {
  readonly usage: Usage;
  readonly reset: () => void;
  /** Adds to a count that is kept by name. */
  readonly count: (of: 'invocations' | 'failures' | 'kms' | 'sqs' | 'dynamoCalls', name: string) => void;
  readonly wrapper: Wrapper;
};

const nothing = (): Usage => ({
  stateTransitions: 0,
  executions: 0,
  invocations: {},
  failures: {},
  dynamo: { read: 0, write: 0 },
  dynamoCalls: {},
  dynamoBy: {},
  kms: {},
  ses: { sent: 0, rejected: 0, events: 0 },
  sqs: {},
  sns: 0,
});

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);

const unitsOf = (output: Output): number => {
  const consumed = output['ConsumedCapacity'] as { CapacityUnits?: number } | { CapacityUnits?: number }[] | undefined;
  if (consumed === undefined) return 0;
  const parts = Array.isArray(consumed) ? consumed : [consumed];
  return parts.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
};

/** Units of a write that its condition refused: one, or two for each part of a transaction. */
const refusedUnits = (error: unknown, input: Readonly<Record<string, unknown>>): number => {
  if (!(error instanceof Error)) return 0;
  if (error.name === 'ConditionalCheckFailedException') return 1;
  if (error.name !== 'TransactionCanceledException') return 0;
  const items = input['TransactItems'];
  return Array.isArray(items) ? 2 * items.length : 0;
};

export const createMeter = (): Meter => {
  const usage = nothing();
  const count: Meter['count'] = (of, name) => {
    usage[of][name] = (usage[of][name] ?? 0) + 1;
  };
  const consume = (kind: 'read' | 'write', units: number): void => {
    usage.dynamo[kind] += units;
    const own = usage.dynamoBy[invocations.getStore()?.name ?? ''] ??= { read: 0, write: 0 };
    own[kind] += units;
  };
  return {
    usage,
    count,
    reset: () => {
      Object.assign(usage, nothing());
    },
    wrapper: async (call, send) => {
      const operation = operationOf(call);
      if (call.client === 'SQSClient') count('sqs', operation);
      if (call.client !== 'DynamoDBClient') return send(call);
      count('dynamoCalls', operation);
      try {
        const output = await send({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } });
        consume(reads.has(operation) ? 'read' : 'write', unitsOf(output));
        return output;
      } catch (error) {
        consume('write', refusedUnits(error, call.input));
        throw error;
      }
    },
  };
};
