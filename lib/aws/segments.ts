import { paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SendwellError } from '../core/errors.ts';
import type { SegmentCatalogue } from '../core/ports.ts';
import { canonical } from '../core/consent/digest.ts';
import type { Segment } from '../core/segment/segment.ts';
import { PublishedSegment } from '../core/segment/segment.ts';
import { documentClient } from './dynamo.ts';
import { kept } from './kept.ts';
import type { Name } from '../core/ids.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const keptSeconds = 300;

const pk = journeys.segmentsPartition;

const allQuery = (table: string) => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': pk },
});

/** The id counts only where the name has none yet, and who is watched once stays watched. */
export const segmentUpdate = (table: string, { segment, id, watched, retired: _, ...definition }: PublishedSegment) => ({
  TableName: table,
  Key: { pk, sk: segment },
  UpdateExpression:
    `SET #id = if_not_exists(#id, :id), #title = :title, #because = :because, #classes = :classes, #where = :where${
      watched === true ? ', #watched = :watched' : ''} REMOVE retired`,
  ExpressionAttributeNames: {
    '#id': 'id', '#title': 'title', '#because': 'because', '#classes': 'classes', '#where': 'where',
    ...(watched === true ? { '#watched': 'watched' } : {}),
  },
  ExpressionAttributeValues: {
    ':id': id, ':title': definition.title, ':because': definition.because, ':classes': definition.classes, ':where': definition.where,
    ...(watched === true ? { ':watched': true } : {}),
  },
});

const watchUpdate = (table: string, segment: string) => ({
  TableName: table,
  Key: { pk, sk: segment },
  ConditionExpression: 'attribute_exists(pk)',
  UpdateExpression: 'SET watched = :watched',
  ExpressionAttributeValues: { ':watched': true },
});

/** Out of the app; whoever is in it stays so. */
const retireUpdate = (table: string, segment: string) => ({
  TableName: table,
  Key: { pk, sk: segment },
  UpdateExpression: 'SET retired = :retired',
  ExpressionAttributeValues: { ':retired': true },
});

/** Whether the segments select in another way than those that are published. */
const selectsOtherwise = (published: readonly PublishedSegment[], segments: readonly Segment[]): boolean => {
  const selecting = (all: readonly { readonly segment: string; readonly where: unknown }[]) =>
    canonical(Object.fromEntries(all.flatMap(({ segment, where }) => (where === null ? [] : [[segment, where]]))));
  return selecting(published.filter(({ retired }) => retired !== true)) !== selecting(segments);
};

export type SegmentPublication = {
  readonly publish: (segment: PublishedSegment) => Promise<void>;
  readonly replaceAll: (segments: readonly Segment[]) => Promise<boolean>;
  /** From now on joining and leaving it are told of. */
  readonly watch: (segment: Name) => Promise<void>;
};

const Row = PublishedSegment.strip();

const segmentOf = (row: Record<string, unknown>): PublishedSegment => Row.parse({ ...row, segment: row['sk'] });

/** The segments in the Journeys table, read again after five minutes, or where a name or an id is not among them. */
export const segments = (
  runtime: Runtime, table: string,
): SegmentCatalogue & SegmentPublication => {
  const client = documentClient(runtime);
  const query = async (): Promise<readonly PublishedSegment[]> => {
    const found: PublishedSegment[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, allQuery(table))) found.push(...Items.map(segmentOf));
    return found;
  };

  const { all, find: seek } = kept(runtime, keptSeconds, query);

  // A name holds no underscore and an id begins with `s_`, so one never passes for the other.
  const find = async (sought: string): Promise<PublishedSegment> => {
    const found = await seek(({ segment, id }) => segment === sought || id === sought);
    if (found === undefined) throw new SendwellError('segment.unknown', { segment: sought });
    return found;
  };

  return {
    watch: async (segment) => {
      await client.send(new UpdateCommand(watchUpdate(table, segment)));
    },
    all,
    fresh: query,
    find,
    idOf: async (segment) => (await find(segment)).id,
    nameOf: async (id) => (await find(id)).segment,
    /** Takes the segments that are not among these out of the app. Gives whether these select in another way. */
    replaceAll: async (given) => {
      const published = await query();
      const gone = published.filter(({ segment, retired }) => retired !== true && !given.some((one) => one.segment === segment));
      await Promise.all(gone.map(({ segment }) => client.send(new UpdateCommand(retireUpdate(table, segment)))));
      return selectsOtherwise(published, given);
    },
    /** Refreshes the definition; a name that was published before keeps its id. */
    publish: async (segment) => {
      await client.send(new UpdateCommand(segmentUpdate(table, segment)));
    },
  };
};
