import type { Activity } from '../activity.ts';
import { giveBack } from '../engines/messages.ts';
import type { Queue, Received } from '../engines/messages.ts';

/** Feeds a function. {@link Source.pending} is true while something waits that nobody works on yet. */
export type Source = { readonly pending: () => boolean; readonly kick: () => void };

export type QueueSourceOptions = {
  readonly queue: Queue;
  readonly region: string;
  /** 1 to 10,000; more than ten only with a batching window. */
  readonly batchSize: number;
  /** Gathers messages until nothing else is in flight: the moment to which the virtual clock holds a window open. */
  readonly gathers: boolean;
  /** Batches at the same time. */
  readonly concurrency: number;
  /** The function names the messages that failed; otherwise its batch fails or succeeds as one. */
  readonly reportsItems: boolean;
  readonly deadLetters: (arn: string) => Queue | undefined;
  readonly invoke: (event: object) => Promise<unknown>;
  readonly activity: Activity;
  readonly observe: (operation: string) => void;
};

const recordOf = (queue: Queue, region: string) => (message: Received): object => {
  const held = queue.inflightMessages.get(message.ReceiptHandle)?.message;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: {
      ApproximateReceiveCount: String(held?.approximateReceiveCount ?? 1),
      SentTimestamp: String(held?.sentTimestamp ?? 0),
      ApproximateFirstReceiveTimestamp: String(held?.approximateFirstReceiveTimestamp ?? 0),
      SenderId: 'local',
    },
    messageAttributes: Object.fromEntries(Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) =>
      [name, { stringValue: attribute.StringValue, dataType: attribute.DataType }])),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
};

/** What SQS hands out, or deletes, at one request. */
const messagesPerRequest = 10;

type Result = { readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] } | null;

/**
 * An event source mapping of a queue. It takes messages in the moment they arrive, delays included, since the virtual
 * clock stands still meanwhile. A failed message comes back at once, until the queue's redrive policy moves it; where
 * there is none it stays hidden.
 */
export const createQueueSource = (options: QueueSourceOptions): Source => {
  const { queue, region, batchSize, gathers, concurrency, reportsItems, deadLetters, invoke, activity, observe } = options;
  const record = recordOf(queue, region);
  const redriven = 'RedrivePolicy' in queue.attributes;
  let running = 0;
  let awake = false;

  const failedIds = async (messages: readonly Received[]): Promise<ReadonlySet<string>> => {
    try {
      const result = await invoke({ Records: messages.map(record) }) as Result;
      return new Set(reportsItems ? (result?.batchItemFailures ?? []).map((one) => one.itemIdentifier) : []);
    } catch {
      return new Set(messages.map((message) => message.MessageId));
    }
  };

  const work = async (messages: readonly Received[]): Promise<void> => {
    const requests = Math.ceil(messages.length / messagesPerRequest);
    for (let request = 0; request < requests; request += 1) observe('ReceiveMessage');
    const failed = await failedIds(messages);
    if (failed.size < messages.length) for (let request = 0; request < requests; request += 1) observe('DeleteMessageBatch');
    for (const { MessageId, ReceiptHandle } of messages) {
      if (!failed.has(MessageId)) queue.deleteMessage(ReceiptHandle);
      else if (redriven) giveBack(queue, ReceiptHandle);
    }
  };

  /** A batch takes as many requests as it needs; messages on their way to the dead letters leave one short. */
  const nextBatch = (): readonly Received[] => {
    const messages: Received[] = [];
    while (messages.length < batchSize && queue.messages.length > 0) {
      messages.push(...queue.dequeue(Math.min(batchSize - messages.length, messagesPerRequest), undefined, deadLetters));
    }
    return messages;
  };

  const pump = (): void => {
    awake = false;
    while (running < concurrency && queue.messages.length > 0) {
      const messages = nextBatch();
      if (messages.length === 0) continue;
      running += 1;
      void activity.during(() => work(messages)).finally(() => {
        running -= 1;
        if (!gathers) kick();
      });
    }
  };

  // Messages sent in one go land in one batch: the pump runs after the events that are already in.
  const kick = (): void => {
    if (awake || queue.messages.length === 0) return;
    awake = true;
    setImmediate(pump);
  };

  const enqueue = queue.enqueue.bind(queue);
  queue.enqueue = (message) => {
    delete message.delayUntil;
    enqueue(message);
    if (!gathers) kick();
  };

  return { pending: () => queue.messages.length > 0, kick };
};
