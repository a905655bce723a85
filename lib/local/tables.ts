import {
  CreateTableCommand, DescribeTableCommand, ResourceInUseException, ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journeys } from '../aws/tables.ts';
import { Instant } from '../core/time.ts';
import type { Part } from './template/parts.ts';

/** The request that makes a table of a template; encryption, recovery and expiry mean nothing on one machine. */
export const createTableParams = ({ place, properties }: Part<'Table'>): CreateTableCommandInput => ({
  TableName: place.name,
  KeySchema: properties.KeySchema,
  AttributeDefinitions: properties.AttributeDefinitions,
  BillingMode: 'PAY_PER_REQUEST',
  ...(properties.GlobalSecondaryIndexes.length === 0 ? {} : {
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection: {
        ProjectionType: Projection.ProjectionType,
        ...(Projection.NonKeyAttributes === undefined ? {} : { NonKeyAttributes: Projection.NonKeyAttributes }),
      },
    })),
  }),
  ...(properties.StreamSpecification === undefined ? {} : {
    StreamSpecification: { StreamEnabled: true, StreamViewType: properties.StreamSpecification.StreamViewType },
  }),
});

/** Makes a table, or keeps the one of an earlier run. Gives the ARN of its stream where it has one. */
export const createTable = async (client: DynamoDBClient, part: Part<'Table'>): Promise<string | undefined> => {
  try {
    await client.send(new CreateTableCommand(createTableParams(part)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const described = await client.send(new DescribeTableCommand({ TableName: part.place.name }));
  return described.Table?.LatestStreamArn;
};

/**
 * The earliest moment at which anything in the Journeys table falls due. What a paused journey holds does not.
 *
 * @throws Error when a due value does not begin with an instant.
 */
export const earliestDue = async (client: DynamoDBClient, table: string): Promise<Instant | undefined> => {
  const { name, pk, sk } = journeys.dueIndex;
  let earliest: Instant | undefined;
  let from: Record<string, never> | undefined;
  do {
    const page = await client.send(new ScanCommand({
      TableName: table,
      IndexName: name,
      ProjectionExpression: '#due',
      FilterExpression: 'NOT begins_with(#partition, :held)',
      ExpressionAttributeNames: { '#due': sk, '#partition': pk },
      ExpressionAttributeValues: { ':held': { S: journeys.heldPrefix } },
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    }));
    for (const item of page.Items ?? []) {
      const due = Instant.safeParse(item[sk]?.S?.slice(0, 24));
      if (!due.success) throw new Error('a due value does not begin with an instant');
      if (earliest === undefined || due.data < earliest) earliest = due.data;
    }
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  return earliest;
};
