import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Archive } from '../core/audit/store.ts';
import type { Runtime } from './runtime.ts';
import { clientFor } from './runtime.ts';

/** The bucket itself locks what comes in, so that a writer cannot leave the lock out. */
export const archive = (runtime: Runtime, bucket: string): Archive => {
  const client = clientFor(runtime, (config) => new S3Client(config));
  return {
    keep: async (name, text) => {
      try {
        await client.send(new PutObjectCommand({
          Bucket: bucket, Key: name, Body: text, ContentType: 'application/json', IfNoneMatch: '*',
        }));
      } catch (error) {
        if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 412) throw error;
      }
    },
  };
};
