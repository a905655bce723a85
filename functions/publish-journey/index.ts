import middy from '@middy/core';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { env, required } from '../../lib/aws/env.ts';
import { eventDefinitions } from '../../lib/aws/event-definitions.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { awsRuntime } from '../../lib/aws/runtime.ts';
import { segments } from '../../lib/aws/segments.ts';
import { queue } from '../../lib/aws/queues.ts';
import { versions } from '../../lib/aws/versions.ts';
import { watchList } from '../../lib/aws/watch-list.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import { segmentIdBytes, segmentIdOf } from '../../lib/core/segment/id.ts';
import { publishJourney, PublishRequest } from './handler.ts';

/**
 * Answers a custom resource of CloudFormation. A deletion is answered without deleting: versions are kept for good.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const respond = async (event: CloudFormationCustomResourceEvent, outcome: { Status: 'SUCCESS' | 'FAILED'; Reason: string }): Promise<void> => {
  const { journey, version } = event.ResourceProperties as Record<string, unknown>;
  await fetch(event.ResponseURL, {
    method: 'PUT',
    body: JSON.stringify({
      ...outcome,
      PhysicalResourceId: `${String(journey)}-v${String(version)}`,
      StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    }),
  });
};

export const bind = (runtime: Runtime) => {
  const journeysTable = required(env.journeysTable);
  const publish = publishJourney({
    versions: versions(runtime, journeysTable),
    segments: segments(runtime, journeysTable),
    watchList: watchList(runtime, journeysTable),
    reviews: queue(runtime, required(env.reviewQueue)),
    clock: runtime.clock,
    states: journeyStates(runtime, journeysTable),
    events: eventDefinitions(runtime, journeysTable),
    newSegmentId: () => segmentIdOf(crypto.getRandomValues(new Uint8Array(segmentIdBytes))),
  });
  return middy(async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    try {
      if (event.RequestType !== 'Delete') await publish(PublishRequest.parse(event.ResourceProperties));
      await respond(event, { Status: 'SUCCESS', Reason: 'published' });
    } catch (error) {
      await respond(event, { Status: 'FAILED', Reason: error instanceof SendwellError ? error.code : 'input.invalid' });
    }
  });
};

export const handler = bind(awsRuntime);
