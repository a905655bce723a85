import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { EnrolmentKey } from '../core/engine/enrolment.ts';
import type { RunFact, RunFacts } from '../core/engine/enrolment-store.ts';
import { Instant } from '../core/time.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const keyOf = ({ contact, enrolment }: EnrolmentKey) => ({ pk: contact, sk: `${journeys.factsPrefix}${enrolment}` });

export const factItem = (key: EnrolmentKey, fact: RunFact) => ({ ...keyOf(key), ...fact });

const Row = z.object({ event: z.string(), at: Instant, sealed: z.instanceof(Uint8Array) });

export const runFacts = (runtime: Runtime, table: string): RunFacts => {
  const client = documentClient(runtime);
  return {
    of: async (key) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }));
      return Item === undefined ? undefined : Row.parse(Item);
    },
    replace: async (key, fact) => {
      const put = client.send(new PutCommand({
        TableName: table, Item: factItem(key, fact),
        ConditionExpression: 'attribute_not_exists(pk) OR #at < :at',
        ExpressionAttributeNames: { '#at': 'at' }, ExpressionAttributeValues: { ':at': fact.at },
      }));
      return !isRefused(await unlessRefused(put, unmarshall));
    },
  };
};
