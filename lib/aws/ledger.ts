import type { PutCommandInput, TransactWriteCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { SendKey, SendRefusal } from '../core/engine/send.ts';
import { sendName, SendRecord } from '../core/engine/send.ts';
import type { Reservation, SendHistory, SendLedger, SendOutcomes, Taken } from '../core/engine/send-store.ts';
import type { Instant } from '../core/time.ts';
import { gateUpdate } from './contact-items.ts';
import { documentClient, failedConditions, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const keyOf = (key: SendKey) => ({ pk: key.contact, sk: sendName(key) });

export const itemOf = ({ contact, ...attributes }: SendRecord): Record<string, unknown> => ({
  ...keyOf({ contact, ...attributes }), ...attributes,
});

/** A send that is new, or that may be reserved again. */
const undecided = 'attribute_not_exists(pk) OR #state IN (:released, :deferred)';

const undecidedNames = {
  ExpressionAttributeNames: { '#state': 'status' },
  ExpressionAttributeValues: { ':released': 'RELEASED', ':deferred': 'DEFERRED' },
} as const;

/** Keeps a decision, unless the send was decided before. */
export const decideParams = (table: string, record: SendRecord): PutCommandInput => ({
  TableName: table, Item: itemOf(record), ConditionExpression: undecided, ...undecidedNames,
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

/** Keeps a deferral, once for each burst: `seq` only grows. */
export const deferParams = (table: string, record: SendRecord): PutCommandInput => ({
  ...decideParams(table, record),
  ConditionExpression: 'attribute_not_exists(pk) OR #state = :released OR (#state = :deferred AND #burst < :burst)',
  ExpressionAttributeNames: { '#state': 'status', '#burst': 'burst' },
  ExpressionAttributeValues: { ':released': 'RELEASED', ':deferred': 'DEFERRED', ':burst': record.burst },
});

export const recordOf = ({ pk, ...attributes }: Record<string, unknown>): SendRecord =>
  SendRecord.parse({ contact: pk, ...attributes });

/**
 * A decision and the contact's send gate in one write: a reservation, or a deferral, holds only while the consent that was
 * read still stands.
 */
export const throughGate = (decision: PutCommandInput, gate: TransactItem): TransactWriteCommandInput =>
  ({ TransactItems: [{ Put: decision }, gate] });

/** Moves a send on; `from` lists the statuses it may come from. */
export const settleParams = (
  table: string, key: SendKey, from: readonly SendRecord['status'][], set: Readonly<Partial<SendRecord>>,
): UpdateCommandInput => {
  const attributes = Object.entries(set);
  return {
    TableName: table,
    Key: keyOf(key),
    ConditionExpression: `#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
    UpdateExpression: `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: { '#state': 'status', ...Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])) },
    ExpressionAttributeValues: {
      ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
      ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
    },
  };
};

type Became = Readonly<Partial<Pick<SendRecord, 'deliveredAt' | 'bouncedAt' | 'complainedAt'>>>;

/** What became of a mail that was taken; where its send is settled, who settled it first stands. */
export const becameParams = (table: string, key: SendKey, { messageId, takenAt }: Taken, became: Became): UpdateCommandInput => {
  const params = settleParams(table, key, ['SENT', 'UNKNOWN', 'PENDING'], { status: 'SENT', ...became });
  return {
    ...params,
    UpdateExpression: `${params.UpdateExpression}, messageId = if_not_exists(messageId, :messageId), confirmedAt = if_not_exists(confirmedAt, :takenAt)`,
    ExpressionAttributeValues: { ...params.ExpressionAttributeValues, ':messageId': messageId, ':takenAt': takenAt },
  };
};

export const ledger = (
  runtime: Runtime, { table, contactsTable }: { readonly table: string; readonly contactsTable: string },
): SendLedger & SendOutcomes => {
  const client = documentClient(runtime);
  const settle = async (params: UpdateCommandInput): Promise<boolean> =>
    !isRefused(await unlessRefused(client.send(new UpdateCommand(params)), unmarshall));
  const keep = async (record: SendRecord, params: PutCommandInput): Promise<SendRecord> => {
    const result = await unlessRefused(client.send(new PutCommand(params)), unmarshall);
    return isRefused(result) && result.standing !== undefined ? recordOf(result.standing) : record;
  };
  return {
    reserve: async (record, { version, recent, waiting }): Promise<Reservation> => {
      const gate = { Update: gateUpdate(contactsTable, record.contact, version, recent, waiting) };
      const decision = record.status === 'DEFERRED' ? deferParams(table, record) : decideParams(table, record);
      try {
        await client.send(new TransactWriteCommand(throughGate(decision, gate)));
        return { kind: 'reserved' };
      } catch (error) {
        const [first] = failedConditions(error);
        if (first?.index === 0 && first.item !== undefined) {
          return { kind: 'decided-before', record: recordOf(unmarshall(first.item as never)) };
        }
        return { kind: 'consent-moved' };
      }
    },
    refuse: (record) => keep(record, decideParams(table, record)),
    find: async (key) => {
      const found = await client.send(new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }));
      return found.Item === undefined ? undefined : recordOf(found.Item);
    },
    confirm: (key: SendKey, messageId: string, at: Instant) =>
      settle(settleParams(table, key, ['PENDING', 'UNKNOWN'], { status: 'SENT', messageId, confirmedAt: at })),
    lose: (key: SendKey) => settle(settleParams(table, key, ['PENDING'], { status: 'UNKNOWN' })),
    release: (key: SendKey) => settle(settleParams(table, key, ['PENDING'], { status: 'RELEASED' })),
    reject: (key: SendKey) => {
      const reason: SendRefusal = 'MAIL_REJECTED';
      return settle(settleParams(table, key, ['PENDING'], { status: 'REFUSED', reason }));
    },
    taken: (key, { messageId, takenAt }) =>
      settle(settleParams(table, key, ['PENDING', 'UNKNOWN'], { status: 'SENT', messageId, confirmedAt: takenAt })),
    delivered: (key, mail, at) => settle(becameParams(table, key, mail, { deliveredAt: at })),
    complained: (key, mail, at) => settle(becameParams(table, key, mail, { complainedAt: at })),
    bounced: (key, mail, at) => settle(becameParams(table, key, mail, { bouncedAt: at })),
  };
};

export const sendHistory = (runtime: Runtime, table: string): SendHistory => {
  const client = documentClient(runtime);
  return {
    /** Every send and refusal of a contact, in no order of time. */
    ofContact: async (contact: string): Promise<readonly SendRecord[]> => {
      const records: SendRecord[] = [];
      let after: Record<string, unknown> | undefined;
      do {
        const page = await client.send(new QueryCommand({
          TableName: table, KeyConditionExpression: 'pk = :contact', ExpressionAttributeValues: { ':contact': contact },
          ExclusiveStartKey: after,
        }));
        records.push(...(page.Items ?? []).map(recordOf));
        after = page.LastEvaluatedKey;
      } while (after !== undefined);
      return records;
    },
  };
};
