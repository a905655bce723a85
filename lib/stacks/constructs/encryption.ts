import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { permit } from './grant.ts';

const uses = {
  read: ['kms:Decrypt'],
  write: [
    'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  send: ['kms:Decrypt', 'kms:GenerateDataKey'],
} as const;

/**
 * Lets a principal use the key only while it calls the named service, never directly: the service encrypts at rest on
 * behalf of its caller.
 */
export const useKeyThrough = (
  scope: Construct,
  key: IKey,
  service: 'dynamodb' | 's3' | 'sqs' | 'states',
  use: keyof typeof uses,
): PolicyStatement =>
  permit(uses[use], [key.keyArn], {
    StringEquals: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com` },
  });
