import { DescribeStreamCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { expect, test } from 'vitest';
import { createActivity } from '../../../lib/local/activity.ts';
import { createStreamSource } from '../../../lib/local/sources/stream.ts';
import type { StreamSource } from '../../../lib/local/sources/stream.ts';

type Event = { readonly Records: readonly { readonly dynamodb: { readonly SequenceNumber: string } }[] };

// Ten records, one page; the iterator `end` has nothing more.
const client = {
  send: (command: object): Promise<object> => {
    if (command instanceof DescribeStreamCommand) return Promise.resolve({ StreamDescription: { Shards: [{ ShardId: 'one' }] } });
    if (command instanceof GetShardIteratorCommand) {
      return Promise.resolve({ ShardIterator: command.input.SequenceNumber ?? 'start' });
    }
    const { ShardIterator } = (command as { input: { ShardIterator: string } }).input;
    const Records = ShardIterator === 'start'
      ? Array.from({ length: 10 }, (_, at) => ({
        eventName: 'INSERT',
        dynamodb: {
          SequenceNumber: String(at + 1),
          Keys: { sk: { S: at % 2 === 0 ? 'e_1' : 'event#1' } },
          NewImage: { blob: { B: new Uint8Array([1, 2]) } },
        },
      }))
      : [];
    return Promise.resolve({ Records, NextShardIterator: 'end' });
  },
} as unknown as DynamoDBStreamsClient;

const given = (fails: (numbers: readonly string[]) => unknown, options: object = {}) => {
  const batches: string[][] = [];
  const abandoned: string[] = [];
  const events: Event[] = [];
  let checkpoint: string | undefined;
  let open: string | undefined;
  let writes = 0;
  const source: StreamSource = createStreamSource({
    client,
    streamArn: 'stream',
    region: 'us-east-1',
    batchSize: 100,
    patterns: [],
    reportsItems: true,
    attempts: 3,
    checkpoint: {
      get: () => checkpoint,
      set: (sequenceNumber) => {
        checkpoint = sequenceNumber;
      },
      open: () => open,
      begin: (sequenceNumber) => {
        open = sequenceNumber;
      },
    },
    bisects: true,
    writes: () => {
      writes += 1;
      return writes;
    },
    invoke: (event) => {
      const numbers = (event as Event).Records.map((record) => record.dynamodb.SequenceNumber);
      events.push(event as Event);
      batches.push(numbers);
      return Promise.resolve(fails(numbers));
    },
    abandon: (sequenceNumber) => abandoned.push(sequenceNumber),
    activity: createActivity(),
    ...options,
  });
  return { source, batches, abandoned, events, checkpoint: () => checkpoint };
};

const all = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];

const failOn = (bad: string) => (numbers: readonly string[]): undefined => {
  if (numbers.includes(bad)) throw new Error('bad record');
};

test('all records come in one batch, in order, and the checkpoint follows', async () => {
  const { source, batches, checkpoint } = given(() => null);
  expect(await source.drain()).toBe(true);
  expect([batches, checkpoint()]).toStrictEqual([[all], '10']);
});

test('a drained stream has nothing more', async () => {
  const { source } = given(() => null);
  await source.drain();
  expect(await source.drain()).toBe(false);
});

test('a stream goes on after its checkpoint', async () => {
  const { source, batches } = given(() => null, { checkpoint: { get: () => '10', set: () => undefined, open: () => undefined, begin: () => undefined } });
  await source.drain();
  expect(batches).toStrictEqual([]);
});

test('only records that fit a pattern reach the function', async () => {
  const { source, batches } = given(() => null, { patterns: [{ dynamodb: { Keys: { sk: { S: [{ prefix: 'event#' }] } } } }] });
  await source.drain();
  expect(batches).toStrictEqual([['2', '4', '6', '8', '10']]);
});

test('binary values are base64 text', async () => {
  const { source, events } = given(() => null);
  await source.drain();
  expect(events[0]?.Records[0]).toMatchObject({ dynamodb: { NewImage: { blob: { B: 'AQI=' } } } });
});

test('the one record that fails is abandoned after its attempts, and every other is taken once it stands apart', async () => {
  const { source, batches, abandoned, checkpoint } = given(failOn('4'));
  await source.drain();
  expect(abandoned).toStrictEqual(['4']);
  expect(batches.filter((batch) => batch.join('') === '4')).toHaveLength(3);
  expect(batches.filter((batch) => !batch.includes('4')).flat().toSorted((a, b) => Number(a) - Number(b)))
    .toStrictEqual(all.filter((number) => number !== '4'));
  expect(checkpoint()).toBe('10');
});

test('what stands before a reported failure is not delivered again', async () => {
  let first = true;
  const { source, batches } = given(() => {
    const failed = first ? [{ itemIdentifier: '9' }] : [];
    first = false;
    return { batchItemFailures: failed };
  });
  await source.drain();
  expect(batches).toStrictEqual([all, ['9'], ['10']]);
});

test('without halving, a batch that fails comes again as it was', async () => {
  let left = 2;
  const { source, batches } = given(() => {
    left -= 1;
    if (left >= 0) throw new Error('not yet');
    return undefined;
  }, { bisects: false });
  await source.drain();
  expect(batches).toEqual([all, all, all]);
});

test('after a crash the batch that was under way comes again as it was', async () => {
  let taken: string | undefined;
  const { source, batches } = given(() => undefined, {
    checkpoint: {
      get: () => taken,
      set: (sequenceNumber: string) => { taken = sequenceNumber; },
      open: () => '4',
      begin: () => undefined,
    },
  });
  await source.drain();
  expect(batches).toEqual([['1', '2', '3', '4']]);
});

test('nobody asks the stream of a table that was not written to', async () => {
  const { source, batches } = given(() => undefined, { writes: () => 1 });
  await source.drain();
  expect([await source.drain(), batches.length]).toEqual([false, 1]);
});
