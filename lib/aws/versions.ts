import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SendwellError } from '../core/errors.ts';
import { Plan } from '../core/journey/plan.ts';
import { Template } from '../core/template/template.ts';
import { documentClient, isRefused, unlessRefused } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { journeys } from './tables.ts';

/** A published version: immutable, kept for good. */
export const Version = z.object({
  journey: z.string(),
  version: z.int().min(1),
  plan: Plan,
  templates: z.record(z.string(), Template),
  /** SHA-256 of plan and templates. */
  hash: z.string(),
  /** By template, and by template and language. */
  templateHashes: z.record(z.string(), z.string()),
});
export type Version = z.infer<typeof Version>;

const keyOf = (journey: string, version: number) => ({ pk: `${journeys.versionsPrefix}${journey}`, sk: String(version).padStart(6, '0') });

export const versions = (runtime: Runtime, table: string) => {
  const client = documentClient(runtime);
  // A version never changes, so a function keeps what it has read for as long as it lives.
  const known = new Map<string, Version>();
  return {
    get: async (journey: string, version: number): Promise<Version> => {
      const cached = known.get(`${journey}#${version}`);
      if (cached !== undefined) return cached;
      const found = await client.send(new GetCommand({ TableName: table, Key: keyOf(journey, version) }));
      if (found.Item === undefined) throw new SendwellError('journey.unknown', { journey, version });
      const read = Version.parse(JSON.parse(found.Item['document'] as string));
      known.set(`${journey}#${version}`, read);
      return read;
    },
    /** Every version that was deployed; the catalogue tells it without reading their documents. */
    numbers: async (journey: string): Promise<readonly number[]> => {
      const found = await client.send(new QueryCommand({
        TableName: table, ConsistentRead: true, KeyConditionExpression: 'pk = :pk AND begins_with(sk, :journey)',
        ExpressionAttributeValues: { ':pk': journeys.cataloguePartition, ':journey': `${journey}#` },
      }));
      return (found.Items ?? []).map((item) => item['version'] as number);
    },
    /** Keeps a version; the same one again is no change, another one under its number is refused. */
    publish: async (version: Version): Promise<void> => {
      const put = client.send(new PutCommand({
        TableName: table,
        Item: { ...keyOf(version.journey, version.version), hash: version.hash, document: JSON.stringify(version) },
        ConditionExpression: 'attribute_not_exists(pk) OR #hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': version.hash },
      }));
      if (isRefused(await unlessRefused(put, unmarshall))) {
        throw new SendwellError('journey.changed', { journey: version.journey, version: version.version });
      }
      await client.send(new PutCommand({
        TableName: table,
        Item: { pk: journeys.cataloguePartition, sk: `${version.journey}#${String(version.version).padStart(6, '0')}`, journey: version.journey, version: version.version },
      }));
    },
    all: async (): Promise<readonly { journey: string; version: number }[]> => {
      const found = await client.send(new QueryCommand({
        TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': journeys.cataloguePartition },
      }));
      return (found.Items ?? []).map((item) => ({ journey: item['journey'] as string, version: item['version'] as number }));
    },
  };
};
