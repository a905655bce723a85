import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHmac } from 'node:crypto';
import type { Cipher } from '../core/vault/cipher.ts';
import { cipherOf } from './aead.ts';
import { dataKeys } from './data-key.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import type { VaultConfig } from './vault.ts';
import { keyGet, keyPut, wrappedOf } from './vault.ts';

/** `lookup` digests the ids of source systems; `links` seals the tokens in mail. Neither opens a patient's record. */
type AppKeyName = 'lookup' | 'links';

const ownerOf = (name: AppKeyName): string => `app#${name}`;

/**
 * The application's own keys: made at first use, kept wrapped beside the contacts' keys, unwrapped once for as long as
 * the function's container lives.
 */
export const appKeys = (runtime: Runtime, { keyArn, keysTable }: VaultConfig) => {
  const db = documentClient(runtime);
  const keys = dataKeys(runtime, keyArn);
  const held = new Map<AppKeyName, Promise<Uint8Array>>();

  const stored = async (name: AppKeyName): Promise<Uint8Array | undefined> =>
    wrappedOf((await db.send(new GetCommand(keyGet(keysTable, ownerOf(name))))).Item);

  const make = async (name: AppKeyName): Promise<Uint8Array> => {
    const { plaintext, wrapped } = await keys.generate({ application: name });
    try {
      await db.send(new PutCommand(keyPut(keysTable, ownerOf(name), wrapped)));
      return plaintext;
    } catch (error) {
      plaintext.fill(0);
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // Another container was first; the row is there now.
      return load(name);
    }
  };

  const load = async (name: AppKeyName): Promise<Uint8Array> => {
    const wrapped = await stored(name);
    return wrapped === undefined ? make(name) : keys.unwrap({ application: name }, wrapped);
  };

  const key = (name: AppKeyName): Promise<Uint8Array> => {
    const known = held.get(name);
    if (known !== undefined) return known;
    const loading = load(name);
    held.set(name, loading);
    loading.catch(() => held.delete(name));
    return loading;
  };

  return {
    /** HMAC-SHA-256 of a source id as lower-case hex: finds a contact again and tells nothing about the source. */
    sourceDigest: async (source: string): Promise<string> =>
      createHmac('sha256', await key('lookup')).update(source).digest('hex'),
    /** The cipher of link tokens. */
    links: async (): Promise<Cipher> => cipherOf(ownerOf('links'), await key('links')),
  };
};

export type AppKeys = ReturnType<typeof appKeys>;
