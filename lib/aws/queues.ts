import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { WorkQueue } from '../core/ports.ts';
import type { Runtime } from './runtime.ts';
import { clientFor } from './runtime.ts';

const batchSize = 10;

/** One queue of work, its messages JSON of ids only. */
export const queue = (runtime: Runtime, url: string): WorkQueue => {
  const client = clientFor(runtime, (config) => new SQSClient(config));
  return {
    send: async (messages: readonly unknown[], delaySeconds = 0): Promise<void> => {
      for (let start = 0; start < messages.length; start += batchSize) {
        const entries = messages.slice(start, start + batchSize)
          .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message), ...(delaySeconds === 0 ? {} : { DelaySeconds: delaySeconds }) }));
        const sent = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
        if ((sent.Failed ?? []).length > 0) throw new Error('a message was not accepted by the queue');
      }
    },
    /** About how many messages wait. */
    depth: async (): Promise<number> => {
      const found = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }));
      return Number(found.Attributes?.['ApproximateNumberOfMessages'] ?? 0);
    },
  };
};
