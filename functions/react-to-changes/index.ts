import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { changeOf } from '../../lib/aws/changes.ts';
import { env, required } from '../../lib/aws/env.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { settling } from '../../lib/aws/settling.ts';
import { logFailure, onFailure } from '../middleware.ts';
import type { Told } from './handler.ts';
import { reactToChanges } from './handler.ts';

/** The stream filters by key and passes over deletions. */
const toldBy = ({ dynamodb }: DynamoDBRecord): readonly Told[] =>
  (dynamodb?.NewImage === undefined ? []
    : [{ sequence: dynamodb.SequenceNumber ?? '', change: changeOf(unmarshall(dynamodb.NewImage as never)) }]);

export const bind = (runtime: Runtime) => {
  const ports = settling(runtime, {
    contactsTable: required(env.contactsTable), journeysTable: required(env.journeysTable),
    keyring: { keyArn: required(env.vaultKey), keysTable: required(env.contactKeysTable) },
    machinePrefix: required(env.machinePrefix),
  });
  return middy(async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
    const failed = await reactToChanges(ports, (error) => logFailure(error, context))(event.Records.flatMap(toldBy));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  }).use(onFailure);
};

export const handler = bind(awsRuntime);
