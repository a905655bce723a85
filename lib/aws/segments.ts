import { paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SendwellError } from '../core/errors.ts';
import type { SegmentCatalogue } from '../core/ports.ts';
import { PublishedSegment } from '../core/segment/segment.ts';
import { documentClient } from './dynamo.ts';
import { kept } from './kept.ts';
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
export const segmentUpdate = (table: string, { segment, id, watched, ...definition }: PublishedSegment) => ({
  TableName: table,
  Key: { pk, sk: segment },
  UpdateExpression:
    `SET #id = if_not_exists(#id, :id), #title = :title, #because = :because, #classes = :classes, #where = :where${
      watched === true ? ', #watched = :watched' : ''}`,
  ExpressionAttributeNames: {
    '#id': 'id', '#title': 'title', '#because': 'because', '#classes': 'classes', '#where': 'where',
    ...(watched === true ? { '#watched': 'watched' } : {}),
  },
  ExpressionAttributeValues: {
    ':id': id, ':title': definition.title, ':because': definition.because, ':classes': definition.classes, ':where': definition.where,
    ...(watched === true ? { ':watched': true } : {}),
  },
});

const Row = PublishedSegment.strip();

const segmentOf = (row: Record<string, unknown>): PublishedSegment => Row.parse({ ...row, segment: row['sk'] });

/** The segments in the Journeys table, read again after five minutes, or where a name or an id is not among them. */
export const segments = (
  runtime: Runtime, table: string,
): SegmentCatalogue & { readonly publish: (segment: PublishedSegment) => Promise<void> } => {
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
    all,
    find,
    idOf: async (segment) => (await find(segment)).id,
    nameOf: async (id) => (await find(id)).segment,
    /** Refreshes the definition; a name that was published before keeps its id. */
    publish: async (segment) => {
      await client.send(new UpdateCommand(segmentUpdate(table, segment)));
    },
  };
};
