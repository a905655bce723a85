import type { QueryCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ContactChange, entryChangeId } from '../core/engine/change.ts';
import type { Enrolment } from '../core/engine/enrolment.ts';
import type { Due, EnrolmentStore, EnteredWith, Written } from '../core/engine/enrolment-store.ts';
import { changePut } from './changes.ts';
import type { PutItem } from './contact-items.ts';
import { documentClient, isRefused, unlessRefused, unlessRepeated } from './dynamo.ts';
import { arriveParams, closeParams, deferParams, labelParams, retryParams } from './enrolment-bursts.ts';
import { claimParams, engageParams, exitParams, holdParams, leaveParams, releaseParams } from './enrolment-claims.ts';
import { enrolmentOf, rowOf } from './enrolment-item.ts';
import { moveParams, moveWaitParams } from './enrolment-moves.ts';
import { factItem } from './run-facts.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';
import { isTimer, timerOf } from './timers.ts';

const standingPage = 250;

/** Timers stand on the index too, and are of no version. */
export const standingQuery = (
  table: string, partition: string, of: { journey: string; version: number } | undefined, after: Record<string, unknown> | undefined,
): QueryCommandInput => ({
  TableName: table, IndexName: journeys.dueIndex.name, Limit: standingPage,
  KeyConditionExpression: 'duePartition = :partition',
  ...(of === undefined ? {} : { FilterExpression: '#journey = :journey AND #version = :version' }),
  ...(of === undefined ? {} : { ExpressionAttributeNames: { '#journey': 'journey', '#version': 'version' } }),
  ExpressionAttributeValues: {
    ':partition': partition, ...(of === undefined ? {} : { ':journey': of.journey, ':version': of.version }),
  },
  ...(after === undefined ? {} : { ExclusiveStartKey: after }),
});

const dueRef = (row: Record<string, unknown>): Due => ({
  contact: row['pk'] as string, enrolment: row['sk'] as string, journey: row['journey'] as string | undefined,
});

/** What is written with a new run: its attributes, and the row that tells of it. */
const enteredWith = (table: string, { contact, enrolment, enteredAt }: Enrolment, { fact, told = false }: EnteredWith): readonly PutItem[] => [
  ...(fact === undefined ? [] : [{ Put: { TableName: table, Item: factItem({ contact, enrolment }, fact) } }]),
  ...(told ? [changePut(table, ContactChange.parse({ contact, id: entryChangeId(enrolment), at: enteredAt, entered: [enrolment] }))] : []),
];

/** Enrolment rows over DynamoDB; every write is conditional, and its refusal is a value. */
export const enrolments = (runtime: Runtime, table: string): EnrolmentStore => {
  const client = documentClient(runtime);
  const write = async (params: UpdateCommandInput): Promise<Written> => {
    const result = await unlessRefused(client.send(new UpdateCommand(params)), unmarshall);
    if (isRefused(result)) {
      return { done: false, row: result.standing === undefined ? undefined : enrolmentOf(result.standing) };
    }
    return { done: true, row: enrolmentOf(result.Attributes ?? {}) };
  };
  return {
    enter: async (enrolment, along = {}) => {
      const entry = { TableName: table, Item: rowOf(enrolment), ConditionExpression: 'attribute_not_exists(pk)' };
      const others = enteredWith(table, enrolment, along);
      if (others.length === 0) return !isRefused(await unlessRefused(client.send(new PutCommand(entry)), unmarshall));
      return unlessRepeated(client.send(new TransactWriteCommand({ TransactItems: [{ Put: entry }, ...others] })));
    },
    arrive: (key, arrival, change) => write(arriveParams(table, key, arrival, change)),
    claim: (key, now, by) => write(claimParams(table, key, now, by)),
    leave: (run) => write(leaveParams(table, run)),
    engage: async (key, marks) => { await write(engageParams(table, key, marks)); },
    hold: (run, now, by) => write(holdParams(table, run, now, by)),
    move: (run, place, entry) => write(moveParams(table, run, place, entry)),
    release: (run, to, now) => write(releaseParams(table, run, to, now)),
    defer: (key, seq, step, until) => write(deferParams(table, key, seq, step, until)),
    retryAt: (key, seq, at) => write(retryParams(table, key, seq, at)),
    close: (key, seq, end) => write(closeParams(table, key, seq, end)),
    exit: (key, seq, end) => write(exitParams(table, key, seq, end)),
    moveWait: (row, to, now) => write(moveWaitParams(table, row, to, now)),
    label: (key, seq, branch, label) => write(labelParams(table, key, seq, branch, label)),
    get: async ({ contact, enrolment }) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: contact, sk: enrolment }, ConsistentRead: true }));
      return Item === undefined ? undefined : enrolmentOf(Item);
    },
    ofContact: async (contact) => {
      const found = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true,
        KeyConditionExpression: 'pk = :contact AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':contact': contact, ':prefix': journeys.enrolmentPrefix },
      }));
      return (found.Items ?? []).map(enrolmentOf);
    },
    standing: async (partition, of, after) => {
      const page = await client.send(new QueryCommand(standingQuery(table, partition, of, after)));
      return { runs: (page.Items ?? []).filter((row) => !isTimer(row)).map(dueRef), after: page.LastEvaluatedKey };
    },
    due: async (partition, now, after) => {
      const page = await client.send(new QueryCommand({
        TableName: table, IndexName: journeys.dueIndex.name, Limit: 1000,
        KeyConditionExpression: 'duePartition = :partition AND #due <= :now',
        ExpressionAttributeNames: { '#due': 'due' },
        ExpressionAttributeValues: { ':partition': partition, ':now': now },
        ExclusiveStartKey: after,
      }));
      const rows = page.Items ?? [];
      const due: readonly Due[] = rows.filter((row) => !isTimer(row)).map(dueRef);
      return { due, timers: rows.filter(isTimer).map(timerOf), after: page.LastEvaluatedKey };
    },
  };
};
