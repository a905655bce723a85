import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EnvName } from '../../aws/env.ts';
import { useKeyThrough } from './encryption.ts';
import { permit } from './grant.ts';
import type { Grant } from './grant.ts';

/** Six years, with the most leap days that they can hold: 45 CFR 164.316(b)(2)(i). */
const lockedFor = Duration.days(6 * 365 + 2);

export type LockedBucketProps = {
  readonly key: IKey;
  /** The variable in which a function finds the bucket's name. */
  readonly variable: EnvName;
};

/** A bucket whose objects nobody, the root user included, can change or delete for six years. */
export class LockedBucket extends Construct {
  readonly bucket: Bucket;
  readonly #props: LockedBucketProps;

  constructor(scope: Construct, id: string, props: LockedBucketProps) {
    super(scope, id);
    this.#props = props;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(lockedFor),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const logging = 'Server access logs are delivered on a best-effort basis, and only into a bucket without our key, so '
      + 'they would prove nothing. No role of the platform reads these objects, one role adds them, and the chain of '
      + 'hashes in them shows what is missing.';
    Validations.of(this.bucket).acknowledge(
      { id: 'AwsSolutions-S1', reason: logging },
      { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: logging },
      {
        id: 'HIPAA.Security-S3BucketReplicationEnabled',
        reason: 'The objects are themselves a second copy: the table that they are written from keeps every row, and is '
          + 'restorable to any second of the last 35 days.',
      },
    );
  }

  /** Adds objects, for a function of another stack. Reading, deleting and shortening the lock are left to nobody. */
  allowAdd(): Grant {
    const { key, variable } = this.#props;
    const stack = Stack.of(this);
    const imported = stack.resolve(stack.exportValue(this.bucket.bucketArn)) as { readonly 'Fn::ImportValue': string };
    return {
      statements: [permit(['s3:PutObject'], [`${this.bucket.bucketArn}/*`]), useKeyThrough(this, key, 's3', 'send')],
      environment: { [variable]: this.bucket.bucketName },
      acknowledge: [{
        id: `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}/*]`,
        reason: 'Objects are named after days to come, and the bucket holds nothing else. What is there stays locked.',
      }],
    };
  }
}
