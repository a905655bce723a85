import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { SendwellError } from '../core/errors.ts';
import { envelope } from '../core/vault/envelope.ts';
import type { Runtime } from './runtime.ts';
import { clientFor, oncePer } from './runtime.ts';

/** CloudTrail shows the encryption context of each call, so it names opaque ids and nothing else. */
export type KeyContext = { readonly contact: string } | { readonly application: string };

/** A fresh key, in the clear and as KMS wrapped it. The caller wipes `plaintext`. */
export type FreshKey = { readonly plaintext: Uint8Array; readonly wrapped: Uint8Array };

const checked = (bytes: Uint8Array | undefined): Uint8Array => {
  if (bytes?.length !== envelope.keyBytes) throw new SendwellError('internal', { at: 'kms' });
  return bytes;
};

const kmsClient = oncePer((runtime) => clientFor(runtime, (config) => new KMSClient(config)));

/** Keys of 256 bits, wrapped by one KMS key. Each function is one KMS call; nothing is kept between calls. */
export const dataKeys = (runtime: Runtime, keyArn: string) => {
  const kms = kmsClient(runtime);
  return {
    generate: async (context: KeyContext): Promise<FreshKey> => {
      const made = await kms.send(new GenerateDataKeyCommand({
        KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: { ...context },
      }));
      if (made.CiphertextBlob === undefined) throw new SendwellError('internal', { at: 'kms' });
      return { plaintext: checked(made.Plaintext), wrapped: made.CiphertextBlob };
    },
    unwrap: async (context: KeyContext, wrapped: Uint8Array): Promise<Uint8Array> => {
      const opened = await kms.send(new DecryptCommand({
        KeyId: keyArn, CiphertextBlob: wrapped, EncryptionContext: { ...context },
      }));
      return checked(opened.Plaintext);
    },
  };
};
