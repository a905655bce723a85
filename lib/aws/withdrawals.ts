import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { paginateQuery, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { WithdrawalKey } from '../core/engine/withdrawal.ts';
import { Withdrawal } from '../core/engine/withdrawal.ts';
import type { WithdrawalStore } from '../core/ports.ts';
import type { PutItem } from './contact-items.ts';
import { documentClient, failedConditions, isConflict } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const proofKey = ({ contact, receivedAt, id }: WithdrawalKey) =>
  ({ pk: contact, sk: `${journeys.withdrawalPrefix}${receivedAt}#${id}` });

const pendingKey = ({ contact, receivedAt, id }: WithdrawalKey) =>
  ({ pk: journeys.pendingWithdrawals, sk: `${receivedAt}#${contact}#${id}` });

/** The proof, and the row by which it is found until it is complete. */
export const proofPuts = (table: string, withdrawal: Withdrawal): readonly PutItem[] => {
  const { contact, receivedAt, id } = withdrawal;
  return [
    { Put: { TableName: table, Item: { ...proofKey(withdrawal), ...withdrawal } } },
    { Put: { TableName: table, Item: { ...pendingKey(withdrawal), contact, receivedAt, id } } },
  ];
};

export const completeParams = (
  table: string, key: WithdrawalKey, proof: Parameters<WithdrawalStore['complete']>[1],
): TransactWriteCommandInput => ({
  TransactItems: [
    {
      Update: {
        TableName: table, Key: proofKey(key),
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(completedAt)',
        UpdateExpression: 'SET completedAt = :at, secondsTaken = :seconds, ended = :ended, kept = :kept',
        ExpressionAttributeValues: {
          ':at': proof.completedAt, ':seconds': proof.secondsTaken, ':ended': proof.ended, ':kept': proof.kept,
        },
      },
    },
    { Delete: { TableName: table, Key: pendingKey(key) } },
  ],
});

const proofsQuery = (table: string, contact: string) => ({
  TableName: table, ConsistentRead: true,
  KeyConditionExpression: 'pk = :contact AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':contact': contact, ':prefix': journeys.withdrawalPrefix },
});

const mostPending = 1000;

export const withdrawals = (runtime: Runtime, table: string): WithdrawalStore => {
  const client = documentClient(runtime);
  const ofContact = async (contact: string): Promise<readonly Withdrawal[]> => {
    const found: Withdrawal[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, proofsQuery(table, contact))) {
      found.push(...Items.map((item) => Withdrawal.parse(item)));
    }
    return found;
  };
  return {
    ofContact,
    openOf: async (contact) => (await ofContact(contact)).filter(({ completedAt }) => completedAt === undefined),
    pending: async () => {
      const { Items = [] } = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true, Limit: mostPending,
        KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': journeys.pendingWithdrawals },
      }));
      return Items.map((item) => Withdrawal.pick({ contact: true, receivedAt: true, id: true }).parse(item));
    },
    complete: async (key, proof) => {
      try {
        await client.send(new TransactWriteCommand(completeParams(table, key, proof)));
      } catch (error) {
        // Somebody else completes the same proof at this moment.
        if (isConflict(error)) return;
        failedConditions(error);
      }
    },
  };
};
