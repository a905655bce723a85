import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { counts } from '../../lib/aws/counts.ts';
import { enrolmentOf } from '../../lib/aws/enrolment-item.ts';
import { env, required } from '../../lib/aws/env.ts';
import { recordOf } from '../../lib/aws/ledger.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { journeys } from '../../lib/aws/tables.ts';
import { FollowUp } from '../../lib/core/engine/follow-up.ts';
import { Withdrawal } from '../../lib/core/engine/withdrawal.ts';
import { onFailure } from '../middleware.ts';
import type { Write } from './handler.ts';
import { countProgress } from './handler.ts';

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

const read = <T>(image: Image | undefined, parse: (item: Record<string, unknown>) => T): T | undefined =>
  image === undefined ? undefined : parse(unmarshall(image as never));

/** The streams filter by key: runs (`e_…` alone), sends (`e_…#step#leg`), proofs of withdrawals and follow-up tasks. */
const writeOf = ({ dynamodb }: DynamoDBRecord): readonly Write[] => {
  if (dynamodb === undefined) return [];
  const { SequenceNumber: sequence = '', OldImage, NewImage, Keys } = dynamodb;
  const change = <T>(parse: (item: Record<string, unknown>) => T) => ({ before: read(OldImage, parse), after: read(NewImage, parse) });
  const sk = Keys?.['sk']?.S ?? '';
  if (Keys?.['pk']?.S === journeys.followUps) return [{ sequence, of: 'follow-up', change: change((item) => FollowUp.parse(item)) }];
  if (sk.startsWith(journeys.withdrawalPrefix)) return [{ sequence, of: 'withdrawal', change: change((item) => Withdrawal.parse(item)) }];
  if (!sk.startsWith(journeys.enrolmentPrefix)) return [];
  return [sk.includes('#') ? { sequence, of: 'send', change: change(recordOf) } : { sequence, of: 'enrolment', change: change(enrolmentOf) }];
};

export const bind = (runtime: Runtime) => {
  const count = countProgress({ counts: counts(runtime, required(env.journeysTable)) });
  return middy((event: DynamoDBStreamEvent) =>
    count(event.Records[0]?.eventSourceARN ?? '', event.Records.flatMap(writeOf))).use(onFailure);
};

export const handler = bind(awsRuntime);
