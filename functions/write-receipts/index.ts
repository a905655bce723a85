import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import { env, required } from '../../lib/aws/env.ts';
import { recordOf } from '../../lib/aws/ledger.ts';
import { receipts } from '../../lib/aws/receipts.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { onFailure } from '../middleware.ts';
import { writeReceipts } from './handler.ts';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

const read = (image: Image): SendRecord | undefined => (image === undefined ? undefined : recordOf(unmarshall(image as never)));

export const bind = (runtime: Runtime) => {
  const write = writeReceipts({
    receipts: receipts(runtime, required(env.receiptsTable)), newPage: randomUUID, clock: runtime.clock,
  });
  return middy((event: DynamoDBStreamEvent) =>
    write(event.Records.map(({ dynamodb }) => ({ before: read(dynamodb?.OldImage), after: read(dynamodb?.NewImage) }))))
    .use(onFailure);
};

export const handler = bind(awsRuntime);
