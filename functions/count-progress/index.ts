import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { counts } from '../../lib/aws/counts.ts';
import { enrolmentOf } from '../../lib/aws/enrolments.ts';
import { env, required } from '../../lib/aws/env.ts';
import { recordOf } from '../../lib/aws/ledger.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { journeys } from '../../lib/aws/tables.ts';
import type { Write } from './handler.ts';
import { countProgress } from './handler.ts';

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

const read = <T>(image: Image | undefined, parse: (item: Record<string, unknown>) => T): T | undefined =>
  image === undefined ? undefined : parse(unmarshall(image as never));

/** The streams filter by sort key, so a record is an enrolment's (`e_…` alone) or a send's (`e_…#step#leg`). */
const writeOf = ({ dynamodb }: DynamoDBRecord): readonly Write[] => {
  const sk = dynamodb?.Keys?.['sk']?.S ?? '';
  if (dynamodb === undefined || !sk.startsWith(journeys.enrolmentPrefix)) return [];
  const { SequenceNumber: sequence = '', OldImage, NewImage } = dynamodb;
  return sk.includes('#')
    ? [{ sequence, of: 'send', change: { before: read(OldImage, recordOf), after: read(NewImage, recordOf) } }]
    : [{ sequence, of: 'enrolment', change: { before: read(OldImage, enrolmentOf), after: read(NewImage, enrolmentOf) } }];
};

export const bind = (runtime: Runtime) => {
  const count = countProgress({ counts: counts(runtime, required(env.journeysTable)) });
  return middy((event: DynamoDBStreamEvent) =>
    count(event.Records[0]?.eventSourceARN ?? '', event.Records.flatMap(writeOf)));
};

export const handler = bind(awsRuntime);
