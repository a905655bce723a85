import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Resumption, VersionMark } from '../core/engine/journey-state.ts';
import { JourneyState, untouched } from '../core/engine/journey-state.ts';
import type { JourneyStates } from '../core/ports.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

const pk = journeys.statesPartition;

/** A version's mark is an attribute of the row of its journey, so that the first mark needs no map to stand in. */
const versionAttribute = (version: number): string => `version-${version}`;

export const stateOf = ({ sk, ...attributes }: Record<string, unknown>): JourneyState => {
  const versions = Object.entries(attributes).flatMap(([name, value]) => {
    const [, version] = /^version-(\d+)$/u.exec(name) ?? [];
    return version === undefined ? [] : [[version, value] as const];
  });
  return JourneyState.parse({ ...attributes, journey: sk, versions: Object.fromEntries(versions) });
};

type Change = Omit<UpdateCommandInput, 'TableName' | 'Key'>;

/** Sets a version's mark unless it is one of `unless`. */
export const markChange = (version: number, mark: VersionMark, unless: readonly VersionMark[], also = ''): Change => ({
  UpdateExpression: `SET #version = :mark${also}`,
  ConditionExpression: unless.length === 0
    ? 'attribute_not_exists(#version)'
    : `attribute_not_exists(#version) OR NOT #version IN (${unless.map((_, index) => `:unless${index}`).join(', ')})`,
  ExpressionAttributeNames: { '#version': versionAttribute(version) },
  ExpressionAttributeValues: { ':mark': mark, ...Object.fromEntries(unless.map((one, index) => [`:unless${index}`, one])) },
});

/** The first pause stands until it ends. */
export const pauseChange = (mark: JourneyState['paused']): Change => ({
  UpdateExpression: 'SET paused = if_not_exists(paused, :mark)', ExpressionAttributeValues: { ':mark': mark },
});

export const resumeChange = (resumption: Resumption): Change => ({
  UpdateExpression: 'SET resumption = :resumption REMOVE paused',
  ConditionExpression: 'attribute_exists(paused)',
  ExpressionAttributeValues: { ':resumption': resumption },
});

export const retireChange = (mark: JourneyState['retired']): Change => ({
  UpdateExpression: 'SET retired = if_not_exists(retired, :mark)', ExpressionAttributeValues: { ':mark': mark },
});

/** How journeys stand, over one partition of the Journeys table; every read is strongly consistent. */
export const journeyStates = (runtime: Runtime, table: string): JourneyStates => {
  const client = documentClient(runtime);
  /** The row after the change, or undefined where its condition did not hold. */
  const write = async (journey: string, change: Change): Promise<JourneyState | undefined> => {
    const written = await unlessRefused(client.send(new UpdateCommand({
      TableName: table, Key: { pk, sk: journey }, ReturnValues: 'ALL_NEW', ...change,
    })), unmarshall);
    return isRefused(written) ? undefined : stateOf(written.Attributes ?? {});
  };
  const of = async (journey: string): Promise<JourneyState> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk, sk: journey }, ConsistentRead: true }));
    return Item === undefined ? untouched(journey) : stateOf(Item);
  };
  return {
    of,
    all: async () => {
      const { Items = [] } = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk },
      }));
      return new Map(Items.map(stateOf).map((state) => [state.journey, state]));
    },
    pause: async (journey, mark) => await write(journey, pauseChange(mark)) ?? of(journey),
    resume: (journey, resumption) => write(journey, resumeChange(resumption)),
    retire: async (journey, mark) => await write(journey, retireChange(mark)) ?? of(journey),
    draft: async (journey, version) => await write(journey, markChange(version, 'draft', [])) !== undefined,
    publish: (journey, version) => write(journey, markChange(version, 'published', ['deleted'], ' REMOVE retired')),
    deployed: async (journey, version) => await write(journey, {
      ...markChange(version, 'published', []),
      ConditionExpression: '#version = :draft',
      ExpressionAttributeValues: { ':mark': 'published', ':draft': 'draft' },
    }) !== undefined,
    remove: async (journey, version) => await write(journey, markChange(version, 'deleted', ['deleted'])) !== undefined,
    restore: async (journey, version, mark) => {
      await write(journey, {
        UpdateExpression: 'SET #version = :mark',
        ExpressionAttributeNames: { '#version': versionAttribute(version) }, ExpressionAttributeValues: { ':mark': mark },
      });
    },
  };
};
