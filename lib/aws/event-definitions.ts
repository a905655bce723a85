import { paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import { EventDefinition } from '../core/event/definition.ts';
import type { EventCatalogue } from '../core/ports.ts';
import { documentClient } from './dynamo.ts';
import { kept } from './kept.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const keptSeconds = 300;

const pk = journeys.eventsPartition;

const Row = EventDefinition.strip();

/** The declared events in the Journeys table, read again after five minutes, or where a name is not among them. */
export const eventDefinitions = (
  runtime: Runtime, table: string,
): EventCatalogue & { readonly publish: (definition: EventDefinition) => Promise<void> } => {
  const client = documentClient(runtime);
  const { all, find } = kept(runtime, keptSeconds, async () => {
    const found: EventDefinition[] = [];
    const pages = paginateQuery({ client }, {
      TableName: table, ConsistentRead: true, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk },
    });
    for await (const { Items = [] } of pages) found.push(...Items.map((row) => Row.parse({ ...row, event: row['sk'] })));
    return found;
  });
  return {
    all,
    find: (name) => find(({ event }) => event === name),
    /** The last definition stands. */
    publish: async ({ event, ...definition }) => {
      await client.send(new PutCommand({ TableName: table, Item: { pk, sk: event, ...definition } }));
    },
  };
};
