import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { WorkQueue } from './queue.ts';

/** Leads a topic into a queue, each message as it was published; no other topic may put anything there. */
export const leadInto = (scope: Construct, id: string, topic: Topic, { queue }: WorkQueue, deadLetters: WorkQueue): void => {
  new Subscription(scope, id, {
    topic,
    protocol: SubscriptionProtocol.SQS,
    endpoint: queue.queueArn,
    rawMessageDelivery: true,
    deadLetterQueue: deadLetters.queue,
  });
  queue.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('sns.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn }, StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  }));
};
