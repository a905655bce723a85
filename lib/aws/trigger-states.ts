import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TriggerStates } from '../core/ports.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const keyOf = (contact: string) => ({ pk: contact, sk: journeys.triggers });

/** One row for a contact, an attribute for each trigger. */
export const triggerStates = (runtime: Runtime, table: string): TriggerStates => {
  const client = documentClient(runtime);
  return {
    of: async (contact) => {
      const { Item = {} } = await client.send(new GetCommand({ TableName: table, Key: keyOf(contact), ConsistentRead: true }));
      return new Map(Object.entries(Item).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
    },
    keep: async (contact, trigger, holds) => {
      await client.send(new UpdateCommand({
        TableName: table, Key: keyOf(contact), UpdateExpression: 'SET #trigger = :holds',
        ExpressionAttributeNames: { '#trigger': trigger }, ExpressionAttributeValues: { ':holds': holds },
      }));
    },
  };
};
