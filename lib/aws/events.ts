import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ContactChange, eventChangeId } from '../core/engine/change.ts';
import { ContactEvent, eventKey } from '../core/engine/event.ts';
import { watchOf } from '../core/engine/watch.ts';
import { addSeconds, millisecondsOf } from '../core/time.ts';
import type { Instant } from '../core/time.ts';
import { changePut } from './changes.ts';
import { documentClient, isRefused, unlessRefused, unlessRepeated } from './dynamo.ts';
import type { EventLog } from '../core/ports.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';
import { watchList } from './watch-list.ts';

/** How long an event is kept for waits to come: two years, longer than any wait. */
const keptSeconds = 730 * 86_400;

export const eventItem = (contact: string, event: ContactEvent): Record<string, unknown> => ({
  pk: contact,
  sk: eventKey(event),
  event,
  [journeys.ttl]: Math.floor(millisecondsOf(addSeconds(event.at, keptSeconds)) / 1000),
});

/** The row of an event, and the one that tells those who react of it. */
const toldTransaction = (table: string, contact: string, event: ContactEvent, at: Instant) => ({
  TransactItems: [
    { Put: { TableName: table, Item: eventItem(contact, event), ConditionExpression: 'attribute_not_exists(pk)' } },
    changePut(table, ContactChange.parse({ contact, id: eventChangeId(eventKey(event)), at, events: [eventKey(event)] })),
  ],
});

export const events = (runtime: Runtime, table: string): EventLog => {
  const client = documentClient(runtime);
  const watched = watchList(runtime, table);
  return {
    /** False when this very event was recorded before. */
    record: async (contact: string, event: ContactEvent): Promise<boolean> => {
      const name = watchOf(event);
      if (name !== undefined && (await watched.all()).has(name)) {
        return unlessRepeated(client.send(new TransactWriteCommand(toldTransaction(table, contact, event, runtime.clock.now()))));
      }
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
