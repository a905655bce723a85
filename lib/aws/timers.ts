import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { duePartition } from '../core/engine/enrolment.ts';
import { Timer } from '../core/engine/timer.ts';
import type { TimerStore } from '../core/ports.ts';
import { millisecondsOf } from '../core/time.ts';
import { documentClient, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

/** How long the row of a timer that is off stays, in seconds. */
const keptSeconds = 86_400;

const keyOf = ({ contact, kind, name }: Timer) => ({ pk: contact, sk: `${journeys.timerPrefix}${kind}#${name}` });

/** Whether a row of the due index is a timer; the others are runs. */
export const isTimer = (row: Record<string, unknown>): boolean => String(row['sk']).startsWith(journeys.timerPrefix);

export const timerOf = (row: Record<string, unknown>): Timer => {
  const [, kind, ...name] = String(row['sk']).split('#');
  return Timer.parse({ contact: row['pk'], kind, name: name.join('#'), due: row['due'] });
};

export const setParams = (table: string, timer: Timer) => ({
  TableName: table,
  Key: keyOf(timer),
  UpdateExpression: 'SET #due = :due, duePartition = :partition REMOVE #expires',
  ExpressionAttributeNames: { '#due': 'due', '#expires': journeys.ttl },
  ExpressionAttributeValues: { ':due': timer.due, ':partition': duePartition(timer.contact) },
});

/** Off the index at once, and out of the table when DynamoDB comes round: no function needs a permission to delete. */
export const clearParams = (table: string, timer: Timer, now: number) => ({
  TableName: table,
  Key: keyOf(timer),
  ConditionExpression: '#due = :due',
  UpdateExpression: 'SET #expires = :expires REMOVE #due, duePartition',
  ExpressionAttributeNames: { '#due': 'due', '#expires': journeys.ttl },
  ExpressionAttributeValues: { ':due': timer.due, ':expires': Math.floor(now / 1000) + keptSeconds },
});

export const timers = (runtime: Runtime, table: string): TimerStore => {
  const client = documentClient(runtime);
  return {
    set: async (timer) => {
      await client.send(new UpdateCommand(setParams(table, timer)));
    },
    clear: async (timer) => {
      await unlessRefused(client.send(new UpdateCommand(clearParams(table, timer, millisecondsOf(runtime.clock.now())))), unmarshall);
    },
    ofContact: async (contact) => {
      const found = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true,
        KeyConditionExpression: 'pk = :contact AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':contact': contact, ':prefix': journeys.timerPrefix },
      }));
      return (found.Items ?? []).filter((row) => row['due'] !== undefined).map(timerOf);
    },
  };
};
