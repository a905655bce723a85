import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { env } from '../aws/env.ts';
import { contacts, journeys } from '../aws/tables.ts';
import { LockedBucket } from './constructs/locked-bucket.ts';
import { EncryptedTable } from './constructs/table.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

export type DataProps = StackProps & { readonly key: IKey };

/** The tables, apart by sensitivity, and the locked archive of the receipts. */
export class Data extends Stack {
  readonly contacts: EncryptedTable;
  readonly contactKeys: EncryptedTable;
  readonly journeys: EncryptedTable;
  readonly ledger: EncryptedTable;
  readonly receipts: EncryptedTable;
  readonly archive: LockedBucket;

  constructor(scope: Construct, id: string, props: DataProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const { key } = props;
    const { dueIndex } = journeys;
    const { segmentIndex } = contacts;
    this.contacts = new EncryptedTable(this, 'Contacts', {
      key,
      variable: env.contactsTable,
      indexes: [{
        indexName: segmentIndex.name,
        partitionKey: text(segmentIndex.pk),
        sortKey: text(segmentIndex.sk),
        projectionType: ProjectionType.KEYS_ONLY,
      }],
    });
    // No backup of this table may live longer than its 35 days: a copy of a deleted key would undo the shredding.
    this.contactKeys = new EncryptedTable(this, 'ContactKeys', { key, variable: env.contactKeysTable });
    this.journeys = new EncryptedTable(this, 'Journeys', {
      key,
      variable: env.journeysTable,
      streamed: true,
      ttl: journeys.ttl,
      indexes: [{
        indexName: dueIndex.name,
        partitionKey: text(dueIndex.pk),
        sortKey: text(dueIndex.sk),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...dueIndex.includes],
      }],
    });
    this.ledger = new EncryptedTable(this, 'Ledger', { key, variable: env.ledgerTable, streamed: true });
    this.receipts = new EncryptedTable(this, 'Receipts', { key, variable: env.receiptsTable });
    this.archive = new LockedBucket(this, 'Archive', { key, variable: env.receiptsBucket });
  }
}
