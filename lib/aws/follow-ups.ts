import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { FollowUp, followUpKey } from '../core/engine/follow-up.ts';
import type { FollowUpStore } from '../core/ports.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const pk = journeys.followUps;
const pageSize = 100;

/** Open tasks are few beside the sends of a day, so one partition holds them; closed ones are passed over. */
export const openTasksQuery = (table: string, after: string | undefined) => ({
  TableName: table, Limit: pageSize,
  KeyConditionExpression: 'pk = :pk',
  FilterExpression: 'attribute_not_exists(closedAt)',
  ExpressionAttributeValues: { ':pk': pk },
  ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
});

export const followUps = (runtime: Runtime, table: string): FollowUpStore => {
  const client = documentClient(runtime);
  return {
    open: async (task) => {
      await unlessRefused(client.send(new PutCommand({
        TableName: table, Item: { pk, sk: followUpKey(task), ...task }, ConditionExpression: 'attribute_not_exists(pk)',
      })), unmarshall);
    },
    list: async (cursor) => {
      const { Items = [], LastEvaluatedKey: last } = await client.send(new QueryCommand(openTasksQuery(table, cursor)));
      return { tasks: Items.map((item) => FollowUp.parse(item)), cursor: last?.['sk'] as string | undefined };
    },
    close: async (sk, at) => {
      const closed = await unlessRefused(client.send(new UpdateCommand({
        TableName: table, Key: { pk, sk },
        ConditionExpression: 'attribute_exists(pk)',
        UpdateExpression: 'SET closedAt = if_not_exists(closedAt, :at)',
        ExpressionAttributeValues: { ':at': at },
        ReturnValues: 'ALL_NEW',
      })), unmarshall);
      return isRefused(closed) ? undefined : FollowUp.parse(closed.Attributes);
    },
  };
};
