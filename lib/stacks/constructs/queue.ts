import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvName } from '../../aws/env.ts';
import { useKeyThrough } from './encryption.ts';
import type { PlatformFunction } from './function.ts';
import { permit } from './grant.ts';
import type { Grant } from './grant.ts';

const kept = Duration.days(14);

export type WorkQueueProps = {
  readonly key: IKey;
  /** The variable in which a sender finds the queue's URL. */
  readonly variable?: EnvName;
  /** Receives what failed too often; none on a queue that is itself the last stop. */
  readonly deadLetters?: WorkQueue;
  /** Longest run of the consumer. A message stays hidden for six times that, as Lambda advises. */
  readonly consumerTimeout?: Duration;
};

/** Larger batches, for work that can wait a little: fewer invocations. */
export type Gather = { readonly messages: number; readonly within: Duration };

/** A queue under our key that refuses requests without TLS. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly #props: WorkQueueProps;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.#props = props;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: kept,
      visibilityTimeout: Duration.seconds((props.consumerTimeout ?? Duration.seconds(30)).toSeconds() * 6),
      ...(props.deadLetters === undefined
        ? {}
        : { deadLetterQueue: { queue: props.deadLetters.queue, maxReceiveCount: 5 } }),
    });
  }

  allowSend(): Grant {
    const { key, variable } = this.#props;
    return {
      statements: [permit(['sqs:SendMessage'], [this.queue.queueArn]), useKeyThrough(this, key, 'sqs', 'send')],
      ...(variable === undefined ? {} : { environment: { [variable]: this.queue.queueUrl } }),
    };
  }

  /** About how many messages wait. */
  allowDepth(): Grant {
    return { statements: [permit(['sqs:GetQueueAttributes'], [this.queue.queueArn])] };
  }

  /**
   * Lets the function consume the queue in batches of ten, or as large as `gather` says, failing single messages of a batch.
   *
   * @param maxConcurrency batches under way at once, 2 to 1000
   */
  feed(consumer: PlatformFunction, maxConcurrency: number, gather?: Gather): void {
    consumer.allow({
      statements: [
        permit(
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          [this.queue.queueArn],
        ),
        useKeyThrough(this, this.#props.key, 'sqs', 'read'),
      ],
    });
    new EventSourceMapping(consumer, 'Messages', {
      target: consumer.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize: gather?.messages ?? 10,
      ...(gather === undefined ? {} : { maxBatchingWindow: gather.within }),
      reportBatchItemFailures: true,
      maxConcurrency,
    });
  }
}
