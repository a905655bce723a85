import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { GlobalSecondaryIndexProps } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { EnvName } from '../../aws/env.ts';
import { keys } from '../../aws/tables.ts';
import { useKeyThrough } from './encryption.ts';
import { permit } from './grant.ts';
import type { Conditions, Grant } from './grant.ts';

export type TableAction = 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

const useOf = (actions: readonly TableAction[]): 'read' | 'write' =>
  actions.every((action) => action === 'GetItem' || action === 'Query') ? 'read' : 'write';

export type EncryptedTableProps = {
  readonly key: IKey;
  /** The variable in which a function finds the table's name. */
  readonly variable: EnvName;
  readonly indexes?: readonly GlobalSecondaryIndexProps[];
  /** Writes old and new images to the table's stream. */
  readonly streamed?: true;
  /** Attribute with the epoch second after which DynamoDB may delete the row. */
  readonly ttl?: string;
};

/** A table that outlives its stack: encrypted with our key, restorable to any second of the last 35 days. */
export class EncryptedTable extends Construct {
  readonly table: Table;
  readonly #key: IKey;
  readonly #variable: EnvName;

  constructor(scope: Construct, id: string, props: EncryptedTableProps) {
    super(scope, id);
    this.#key = props.key;
    this.#variable = props.variable;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: keys.pk, type: AttributeType.STRING },
      sortKey: { name: keys.sk, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(props.streamed === undefined ? {} : { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      ...(props.ttl === undefined ? {} : { timeToLiveAttribute: props.ttl }),
    });
    for (const index of props.indexes ?? []) this.table.addGlobalSecondaryIndex(index);
    Validations.of(this.table).acknowledge({
      id: 'HIPAA.Security-DynamoDBInBackupPlan',
      reason: 'Continuous backups of the table itself restore it to any second of the last 35 days, which is finer than '
        + 'the daily copies of a backup plan.',
    });
  }

  /** Items of the table by key; never a scan. A transaction needs the actions of its parts. */
  allow(...actions: readonly TableAction[]): Grant {
    return this.#grant(actions, this.table.tableArn, useOf(actions));
  }

  /** Items of one partition alone. */
  allowPartition(partition: string, ...actions: readonly TableAction[]): Grant {
    return this.#grant(actions, this.table.tableArn, useOf(actions), {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [partition] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
  }

  /** Items of the partitions whose names begin so, alone. */
  allowPartitions(prefix: string, ...actions: readonly TableAction[]): Grant {
    return this.#grant(actions, this.table.tableArn, useOf(actions), {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${prefix}*`] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
  }

  /** Queries on one index, without access to the items of the table itself. */
  allowIndex(index: string): Grant {
    return this.#grant(['Query'], `${this.table.tableArn}/index/${index}`, 'read');
  }

  /** What an event source mapping needs of the function's role to read the stream. */
  allowStream(): Grant {
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    return {
      statements: [
        permit(actions.map((action) => `dynamodb:${action}`), [this.streamArn]),
        useKeyThrough(this, this.#key, 'dynamodb', 'read'),
      ],
    };
  }

  get streamArn(): string {
    const arn = this.table.tableStreamArn;
    if (arn === undefined) throw new Error(`${this.node.path} has no stream`);
    return arn;
  }

  #grant(actions: readonly string[], resource: string, use: 'read' | 'write', conditions: Conditions = {}): Grant {
    return {
      statements: [
        permit(actions.map((action) => `dynamodb:${action}`), [resource], conditions),
        useKeyThrough(this, this.#key, 'dynamodb', use),
      ],
      environment: { [this.#variable]: this.table.tableName },
    };
  }
}
