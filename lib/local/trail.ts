import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { Instant } from '../core/time.ts';
import { operationOf } from './calls.ts';
import type { Wrapper } from './calls.ts';
import type { KmsCall } from './engines/kms.ts';
import { invocations } from './invocation.ts';

/**
 * A record as CloudTrail writes it, as far as the local platform knows the fields.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export type TrailRecord = {
  readonly eventVersion: '1.11';
  readonly eventID: string;
  readonly eventTime: Instant;
  readonly eventSource: 'kms.amazonaws.com' | 'dynamodb.amazonaws.com';
  readonly eventName: string;
  readonly awsRegion: string;
  readonly userIdentity: {
    readonly type: 'AssumedRole';
    /** `userName` is the function's folder, as on AWS it is the function's role. */
    readonly sessionContext: { readonly sessionIssuer: { readonly type: 'Role'; readonly userName: string } };
  };
  readonly requestParameters: Readonly<Record<string, unknown>>;
  readonly errorCode?: string;
};

export type Trail = {
  readonly records: () => readonly TrailRecord[];
  readonly kms: (call: KmsCall) => void;
  /** Notes each access to an item of the tables that hold PHI. */
  readonly wrapper: Wrapper;
};

export type TrailOptions = {
  readonly now: () => Instant;
  readonly region: string;
  /** Names of the tables that hold PHI. */
  readonly tables: () => readonly string[];
  /** One JSON record a line; without it the trail lives in memory. */
  readonly file?: string;
};

type Row = Readonly<Record<string, unknown>>;

const keyOf = (item: Row): Row => ({ pk: item['pk'], sk: item['sk'] });

/** What one call asks of one table. Only keys are noted, as in CloudTrail; they hold opaque ids and digests. */
const accesses = (input: Row): readonly { readonly tableName: string; readonly [name: string]: unknown }[] => {
  if (Array.isArray(input['TransactItems'])) {
    return (input['TransactItems'] as Readonly<Record<string, Row>>[])
      .flatMap((one) => Object.values(one).flatMap((part) => accesses(part)));
  }
  if (typeof input['RequestItems'] === 'object' && input['RequestItems'] !== null) {
    return Object.entries(input['RequestItems']).flatMap(([tableName, asked]) => {
      const keys = (asked as { Keys?: readonly Row[] }).Keys ?? [];
      return keys.map((key) => ({ tableName, key }));
    });
  }
  const tableName = String(input['TableName'] ?? '');
  const item = (input['Key'] ?? input['Item']) as Row | undefined;
  if (item !== undefined) return [{ tableName, key: keyOf(item) }];
  const { IndexName: indexName, KeyConditionExpression: keyConditionExpression } = input;
  return [{ tableName, ...(indexName === undefined ? {} : { indexName }), keyConditionExpression }];
};

export const createTrail = ({ now, region, tables, file }: TrailOptions): Trail => {
  const records: TrailRecord[] = file !== undefined && existsSync(file)
    ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as TrailRecord) : [];
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });

  const note = (
    eventSource: TrailRecord['eventSource'], eventName: string, userName: string, requestParameters: Row, error?: string,
  ): void => {
    const record: TrailRecord = {
      eventVersion: '1.11',
      eventID: randomUUID(),
      eventTime: now(),
      eventSource,
      eventName,
      awsRegion: region,
      userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { type: 'Role', userName } } },
      requestParameters,
      ...(error === undefined ? {} : { errorCode: error }),
    };
    records.push(record);
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(record)}\n`);
  };

  return {
    records: () => records,
    kms: ({ operation, caller, key, context, error }) =>
      note('kms.amazonaws.com', operation, caller, { keyId: key, encryptionContext: context }, error),
    wrapper: async (call, send) => {
      if (call.client !== 'DynamoDBClient') return send(call);
      const caller = invocations.getStore()?.name ?? 'local';
      const noteAll = (error?: string): void => {
        for (const access of accesses(call.input)) {
          if (tables().includes(access.tableName)) {
            note('dynamodb.amazonaws.com', operationOf(call), caller, access, error);
          }
        }
      };
      try {
        const output = await send(call);
        noteAll();
        return output;
      } catch (error) {
        noteAll(error instanceof Error ? error.name : 'Error');
        throw error;
      }
    },
  };
};
