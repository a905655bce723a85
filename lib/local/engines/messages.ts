import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mkdirSync } from 'node:fs';
import { buildApp } from 'fauxqs';

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
export type Queue = ReturnType<Stores['sqsStore']['createQueue']>;
export type Received = ReturnType<Queue['dequeue']>[number];

export type MessagesEngine = {
  readonly url: string;
  readonly queueUrl: (name: string) => string;
  /** Makes the queue, or takes up the one of an earlier run with the messages still in it. */
  readonly createQueue: (name: string, arn: string, attributes: Record<string, string>) => Queue;
  readonly queueByArn: (arn: string) => Queue | undefined;
  readonly send: (queueName: string, body: string) => Promise<void>;
  /** Makes the bucket, or takes up the one of an earlier run. It locks nothing. */
  readonly createBucket: (name: string) => void;
  /** The objects of a bucket as text, by name, in the order of their names. */
  readonly objects: (bucket: string) => ReadonlyMap<string, string>;
  readonly createTopic: (name: string) => Promise<void>;
  readonly subscribe: (topicArn: string, queueArn: string, attributes: Record<string, string>) => Promise<void>;
  readonly publish: (topicArn: string, message: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The account that the engine writes into every ARN; the local platform takes it for its own. */
export const localAccount = '000000000000';

/**
 * Makes a received message visible again, now. It goes through the visibility timeout, because the engine's own way,
 * `changeVisibility` to zero, cannot be kept: it writes a null where its schema forbids one.
 */
export const giveBack = (queue: Queue, receiptHandle: string): void => {
  const held = queue.inflightMessages.get(receiptHandle);
  if (held === undefined) return;
  held.visibilityDeadline = 0;
  queue.processTimers();
};

type Persistence = NonNullable<Stores['sqsStore']['persistence']>;

// The package exports neither its stores nor its persistence, and the function that joins them listens on every
// interface. They are therefore taken from its folder, and the application listens on the loopback interface only.
const inside = async <M>(path: string): Promise<M> => {
  const manifest = findPackageJSON('fauxqs', import.meta.url);
  return await import(pathToFileURL(join(dirname(manifest ?? ''), 'dist', path)).href) as M;
};

const openStores = async (folder: string | undefined): Promise<{ stores: Stores; close: () => void }> => {
  const { SqsStore } = await inside<{ SqsStore: new () => Stores['sqsStore'] }>('sqs/sqsStore.js');
  const { SnsStore } = await inside<{ SnsStore: new () => Stores['snsStore'] }>('sns/snsStore.js');
  const { S3Store } = await inside<{ S3Store: new () => Stores['s3Store'] }>('s3/s3Store.js');
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  if (folder === undefined) return { stores, close: () => undefined };
  mkdirSync(folder, { recursive: true });
  const { PersistenceManager } =
    await inside<{ PersistenceManager: new (folder: string) => Persistence }>('persistence.js');
  const persistence = new PersistenceManager(folder);
  persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  stores.sqsStore.persistence = persistence;
  stores.snsStore.persistence = persistence;
  stores.s3Store.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) {
    queue.persistence = persistence;
    // Whoever held these messages is gone, and so is the clock that their visibility timeout ran on.
    for (const handle of queue.inflightMessages.keys()) giveBack(queue, handle);
  }
  return { stores, close: () => persistence.close() };
};

/**
 * SQS, SNS and S3, embedded.
 *
 * @param folder Where messages and objects live on; without it they live in memory.
 */
export const startMessages = async (region: string, folder?: string): Promise<MessagesEngine> => {
  const { stores, close } = await openStores(folder);
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  stores.sqsStore.host = '';
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const queueUrl = (name: string): string => `${url}/${localAccount}/${name}`;

  const sns = async (parameters: Record<string, string>): Promise<void> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { statusCode, body } =
      await app.inject({ method: 'POST', url: '/', headers, payload: new URLSearchParams(parameters).toString() });
    if (statusCode !== 200) throw new Error(`${parameters['Action']} answered ${statusCode}: ${body}`);
  };

  return {
    url,
    queueUrl,
    createQueue: (name, arn, attributes) => {
      const known = stores.sqsStore.getQueueByName(name);
      if (known === undefined) return stores.sqsStore.createQueue(name, queueUrl(name), arn, attributes);
      known.setAttributes(attributes);
      return known;
    },
    queueByArn: (arn) => stores.sqsStore.getQueueByArn(arn),
    send: async (queueName, body) => {
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' };
      const payload = JSON.stringify({ QueueUrl: queueUrl(queueName), MessageBody: body });
      const { statusCode } = await app.inject({ method: 'POST', url: '/', headers, payload });
      if (statusCode !== 200) throw new Error(`SendMessage answered ${statusCode}`);
    },
    createBucket: (name) => stores.s3Store.createBucket(name),
    objects: (bucket) => new Map(stores.s3Store.listObjects(bucket, { maxKeys: 1_000_000 }).objects
      .map(({ key }) => [key, stores.s3Store.getObject(bucket, key).body.toString('utf8')])),
    createTopic: (name) => sns({ Action: 'CreateTopic', Name: name }),
    subscribe: (topicArn, queueArn, attributes) => sns({
      Action: 'Subscribe',
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      ...Object.fromEntries(Object.entries(attributes).flatMap(([key, value], at) => [
        [`Attributes.entry.${at + 1}.key`, key], [`Attributes.entry.${at + 1}.value`, value],
      ])),
    }),
    publish: (topicArn, message) => sns({ Action: 'Publish', TopicArn: topicArn, Message: message }),
    stop: async () => {
      await app.close();
      close();
    },
  };
};
