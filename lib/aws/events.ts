import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ContactEvent, eventKey } from '../core/engine/event.ts';
import { addSeconds, millisecondsOf } from '../core/time.ts';
import type { Instant } from '../core/time.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { EventLog } from '../core/ports.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

/** How long an event is kept for waits to come: two years, longer than any wait. */
const keptSeconds = 730 * 86_400;

export const eventItem = (contact: string, event: ContactEvent): Record<string, unknown> => ({
  pk: contact,
  sk: eventKey(event),
  event,
  [journeys.ttl]: Math.floor(millisecondsOf(addSeconds(event.at, keptSeconds)) / 1000),
});

export const events = (runtime: Runtime, table: string): EventLog => {
  const client = documentClient(runtime);
  return {
    /** False when this very event was recorded before. */
    record: async (contact: string, event: ContactEvent): Promise<boolean> => {
      const put = client.send(new PutCommand({
        TableName: table, Item: eventItem(contact, event), ConditionExpression: 'attribute_not_exists(pk)',
      }));
      return !isRefused(await unlessRefused(put, unmarshall));
    },
    /** The contact's events from an instant on, oldest first, strongly consistent. */
    since: async (contact: string, from: Instant): Promise<readonly ContactEvent[]> => {
      const found = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true,
        KeyConditionExpression: 'pk = :contact AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':contact': contact, ':from': `${journeys.eventPrefix}${from}`, ':to': `${journeys.eventPrefix}~`,
        },
      }));
      return (found.Items ?? []).map((item) => ContactEvent.parse(item['event']));
    },
    get: async (contact, key) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: contact, sk: key }, ConsistentRead: true }));
      return Item === undefined ? undefined : ContactEvent.parse(Item['event']);
    },
  };
};
