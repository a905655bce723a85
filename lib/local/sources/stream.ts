import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamsClient, _Record } from '@aws-sdk/client-dynamodb-streams';
import type { Activity } from '../activity.ts';
import { matchesPattern } from './pattern.ts';

export type StreamSource = {
  /** Takes all records that are in, and says whether there were any. */
  readonly drain: () => Promise<boolean>;
};

export type StreamSourceOptions = {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly region: string;
  /** 1 to 10 000. */
  readonly batchSize: number;
  /** A record that fits none of them is passed over; without any, all fit. */
  readonly patterns: readonly Readonly<Record<string, unknown>>[];
  readonly reportsItems: boolean;
  /** Attempts of a record that fails on its own, after which it goes to `abandon`. */
  readonly attempts: number;
  /** Whether a batch that fails is halved; otherwise it is tried again whole. */
  readonly bisects: boolean;
  readonly checkpoint: {
    readonly get: () => string | undefined;
    readonly set: (sequenceNumber: string) => void;
    /** Last record of the batch under way: after a crash the very same batch comes again, as from Lambda. */
    readonly open: () => string | undefined;
    readonly begin: (sequenceNumber: string) => void;
  };
  /** Grows with each write on the table. */
  readonly writes: () => number;
  readonly invoke: (event: object) => Promise<unknown>;
  readonly abandon: (sequenceNumber: string) => void;
  readonly activity: Activity;
};

type Event = { readonly sequenceNumber: string; readonly record: object };

/** Binary values are base64 text in the events of Lambda, and times are epoch seconds. */
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
};

const eventOf = (record: _Record, eventSourceARN: string, awsRegion: string): Event => ({
  sequenceNumber: record.dynamodb?.SequenceNumber ?? '',
  record: { ...plain(record) as object, eventSourceARN, awsRegion },
});

type Result = { readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] } | null;

/**
 * An event source mapping of a table's stream: in order, and from where it left off. A batch that fails is tried again,
 * whole or halved as the mapping says, and at last abandoned.
 */
export const createStreamSource = (options: StreamSourceOptions): StreamSource => {
  const { client, streamArn, region, batchSize, patterns, reportsItems, attempts, bisects, checkpoint, invoke, abandon } = options;
  let iterator: string | undefined;
  let seen: number | undefined;

  const start = async (): Promise<string | undefined> => {
    const described = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    const shard = described.StreamDescription?.Shards?.at(-1)?.ShardId;
    if (shard === undefined) return undefined;
    const after = checkpoint.get();
    const from = after === undefined
      ? { ShardIteratorType: 'TRIM_HORIZON' as const }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: after };
    const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shard, ...from }));
    return ShardIterator;
  };

  /** How many of the events, from the first, went well. */
  const succeeded = async (events: readonly Event[]): Promise<number> => {
    try {
      const result = await invoke({ Records: events.map(({ record }) => record) }) as Result;
      const failed = new Set(reportsItems ? (result?.batchItemFailures ?? []).map((one) => one.itemIdentifier) : []);
      const first = events.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
      return first === -1 ? events.length : first;
    } catch {
      return 0;
    }
  };

  const deliver = async (events: readonly Event[], tried = 0): Promise<void> => {
    if (events.length === 0) return;
    const done = await succeeded(events);
    const rest = events.slice(done);
    const [first] = rest;
    if (first === undefined) return;
    if (bisects && rest.length > 1) {
      const half = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, half));
      await deliver(rest.slice(half));
    } else if (tried + 1 < attempts) await deliver(rest, tried + 1);
    else abandon(first.sequenceNumber);
  };

  /** The records up to the end of a batch that was under way when the platform died; all of them where none was. */
  const sameBatch = (events: readonly Event[]): readonly Event[] => {
    const open = checkpoint.open();
    const last = events.findIndex(({ sequenceNumber }) => sequenceNumber === open);
    return last === -1 ? events : events.slice(0, last + 1);
  };

  const take = async (): Promise<boolean> => {
    iterator ??= await start();
    if (iterator === undefined) return false;
    const { Records = [], NextShardIterator } = await client.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: Math.min(batchSize, 1000) }));
    const fetched = Records.map((record) => eventOf(record, streamArn, region));
    const events = sameBatch(fetched);
    const last = events.at(-1);
    if (last === undefined) return false;
    checkpoint.begin(last.sequenceNumber);
    await deliver(events.filter(({ record }) =>
      patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, record))));
    checkpoint.set(last.sequenceNumber);
    iterator = events.length === fetched.length ? NextShardIterator : undefined;
    return true;
  };

  let draining: Promise<boolean> | undefined;
  return {
    drain: () => {
      const now = options.writes();
      if (seen === now) return Promise.resolve(false);
      draining ??= options.activity.during(async () => {
        seen = now;
        let any = false;
        while (await take()) any = true;
        return any;
      }).finally(() => {
        draining = undefined;
      });
      return draining;
    },
  };
};
