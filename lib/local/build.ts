import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Activity } from './activity.ts';
import type { KmsEngine } from './engines/kms.ts';
import type { MailEngine } from './engines/mail.ts';
import type { MessagesEngine } from './engines/messages.ts';
import type { WorkflowEngine } from './engines/workflow.ts';
import { localKeyId } from './safety.ts';
import { createQueueSource } from './sources/queue.ts';
import type { Source } from './sources/queue.ts';
import { createStreamSource } from './sources/stream.ts';
import type { StreamSource } from './sources/stream.ts';
import type { StateFile } from './state.ts';
import { createTable } from './tables.ts';
import { bucketName, keyArn, keyId, machineArn, queueArn } from './template/identity.ts';
import type { Part, Parts } from './template/parts.ts';

export type Engines = {
  readonly dynamoUrl: string;
  readonly messages: MessagesEngine;
  readonly kms: KmsEngine;
  readonly mail: MailEngine;
  readonly workflow: WorkflowEngine;
};

type Client = { readonly region: string; readonly endpoint: string; readonly credentials: {
  readonly accessKeyId: string; readonly secretAccessKey: string;
}; };

/** The platform's own way to the tables: neither metered nor struck by faults. */
export const ownClient = (region: string, endpoint: string): Client =>
  ({ region, endpoint, credentials: { accessKeyId: localKeyId, secretAccessKey: localKeyId } });

const queueAttributes = ({ properties }: Part<'Queue'>): Record<string, string> => ({
  VisibilityTimeout: String(properties.VisibilityTimeout),
  ...(properties.RedrivePolicy === undefined ? {} : { RedrivePolicy: JSON.stringify(properties.RedrivePolicy) }),
});

/** Makes the tables, buckets, queues, topics, keys, destinations and machines of the templates. Gives each table's stream. */
export const buildResources = async (parts: Parts, region: string, engines: Engines): Promise<ReadonlyMap<string, string>> => {
  const { messages, kms, mail, workflow } = engines;
  const client = new DynamoDBClient(ownClient(region, engines.dynamoUrl));
  const streams = new Map<string, string>();
  for (const part of parts.Table) {
    const stream = await createTable(client, part);
    if (stream !== undefined) streams.set(part.place.name, stream);
  }
  client.destroy();
  for (const { place } of parts.Bucket) messages.createBucket(bucketName(place));
  for (const part of parts.Queue) messages.createQueue(part.place.name, queueArn(part.place), queueAttributes(part));
  for (const { place } of parts.Topic) await messages.createTopic(place.name);
  for (const { properties } of parts.Subscription) {
    if (properties.Protocol !== 'sqs') continue;
    await messages.subscribe(properties.TopicArn, properties.Endpoint, {
      RawMessageDelivery: properties.RawMessageDelivery,
      ...(properties.FilterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(properties.FilterPolicy) }),
    });
  }
  for (const { place } of parts.Key) kms.createKey(keyId(place), keyArn(place));
  for (const { properties } of parts.Alias) {
    kms.alias(properties.AliasName, properties.TargetKeyId.slice(properties.TargetKeyId.lastIndexOf('/') + 1));
  }
  for (const { properties: { ConfigurationSetName, EventDestination } } of parts.EventDestination) {
    const topic = EventDestination.SnsDestination?.TopicARN;
    if (topic === undefined || EventDestination.Enabled !== 'true') continue;
    mail.addDestination(ConfigurationSetName, topic, EventDestination.MatchingEventTypes);
  }
  for (const { properties: { Rule: { Recipients, Enabled, Actions } } } of parts.ReceiptRule) {
    const topics = Actions.flatMap(({ StopAction }) => StopAction?.TopicArn ?? []);
    for (const topic of Enabled ? topics : []) mail.addReceiptRule(Recipients, topic);
  }
  for (const { place, properties } of parts.StateMachine) {
    const text = properties.DefinitionString ?? JSON.stringify(properties.Definition);
    const filled = text.replaceAll(/\$\{([^}]+)\}/gu, (whole, name: string) => properties.DefinitionSubstitutions[name] ?? whole);
    workflow.createMachine(place.name, machineArn(place), filled);
  }
  return streams;
};

export type SourcesOptions = {
  readonly parts: Parts;
  readonly region: string;
  readonly engines: Engines;
  /** ARN of the engine's stream, by table. */
  readonly streams: ReadonlyMap<string, string>;
  /** How often a table was written to. */
  readonly writes: (table: string) => number;
  readonly state: StateFile;
  readonly activity: Activity;
  readonly invoke: (functionArn: string, event: object) => Promise<unknown>;
  readonly observe: (sqsOperation: string) => void;
};

const abandonedAttempts = 10;

// Two cores serve every function, so more batches at once only wait for each other.
const batchesAtOnce = 8;

const tableOf = (streamArn: string): string => /:table\/([^/]+)\/stream\//u.exec(streamArn)?.[1] ?? '';

/** Joins queues and streams to their functions, as the event source mappings say. */
export const buildSources = (options: SourcesOptions): { queues: readonly Source[]; streams: readonly StreamSource[] } => {
  const { parts, region, engines: { messages, dynamoUrl }, state, activity, invoke, observe } = options;
  const client = new DynamoDBStreamsClient(ownClient(region, dynamoUrl));
  const queues: Source[] = [];
  const streams: StreamSource[] = [];
  for (const { id, properties } of parts.EventSourceMapping) {
    const shared = {
      region,
      activity,
      reportsItems: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      invoke: (event: object) => invoke(properties.FunctionName, event),
    };
    const queue = messages.queueByArn(properties.EventSourceArn);
    const stream = options.streams.get(tableOf(properties.EventSourceArn));
    if (queue !== undefined) {
      queues.push(createQueueSource({
        ...shared,
        queue,
        batchSize: properties.BatchSize ?? 10,
        gathers: (properties.MaximumBatchingWindowInSeconds ?? 0) > 0,
        concurrency: Math.min(properties.ScalingConfig?.MaximumConcurrency ?? batchesAtOnce, batchesAtOnce),
        deadLetters: messages.queueByArn,
        observe,
      }));
    } else if (stream !== undefined) {
      const failures = messages.queueByArn(properties.DestinationConfig?.OnFailure.Destination ?? '');
      streams.push(createStreamSource({
        ...shared,
        client,
        streamArn: stream,
        batchSize: properties.BatchSize ?? 100,
        patterns: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern) as Record<string, unknown>),
        bisects: properties.BisectBatchOnFunctionError,
        writes: () => options.writes(tableOf(stream)),
        attempts: (properties.MaximumRetryAttempts < 0 ? abandonedAttempts : properties.MaximumRetryAttempts) + 1,
        checkpoint: {
          get: () => state.get().checkpoints[id],
          set: (sequenceNumber) => state.set({ checkpoints: { ...state.get().checkpoints, [id]: sequenceNumber } }),
          open: () => state.get().openBatches[id],
          begin: (sequenceNumber) => state.set({ openBatches: { ...state.get().openBatches, [id]: sequenceNumber } }),
        },
        abandon: (sequenceNumber) => {
          if (failures === undefined) return;
          void activity.during(() => messages.send(failures.name, JSON.stringify({ streamArn: stream, sequenceNumber })));
        },
      }));
    } else throw new Error(`event source ${properties.EventSourceArn} of ${id} is neither queue nor stream of the templates`);
  }
  return { queues, streams };
};
