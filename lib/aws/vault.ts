import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { SendwellError } from '../core/errors.ts';
import type { DataKey } from '../core/vault/cipher.ts';
import { cipherOf } from './aead.ts';
import { dataKeys } from './data-key.ts';
import { documentClient } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { contactKeys } from './tables.ts';

const KeyRow = z.object({ wrapped: z.instanceof(Uint8Array) });

/** The row of a contact's wrapped key. The condition keeps a second writer from replacing a key that is in use. */
export const keyPut = (table: string, owner: string, wrapped: Uint8Array) => ({
  TableName: table,
  Item: { pk: owner, sk: contactKeys.sk, wrapped },
  ConditionExpression: 'attribute_not_exists(pk)',
});

/** Strongly consistent, so that a shredded key is gone for the very next reader. */
export const keyGet = (table: string, owner: string) => ({
  TableName: table, Key: { pk: owner, sk: contactKeys.sk }, ConsistentRead: true,
});

/** The wrapped key of a row, or undefined where there is no row. */
export const wrappedOf = (item: Record<string, unknown> | undefined): Uint8Array | undefined =>
  item === undefined ? undefined : KeyRow.parse(item).wrapped;

/** A new contact's key, and the write that keeps it: part of the transaction that creates the contact. */
export type NewKey = { readonly key: DataKey; readonly put: ReturnType<typeof keyPut> };

export type VaultConfig = { readonly keyArn: string; readonly keysTable: string };

/**
 * The contacts' data keys: one each, wrapped by KMS with the contact id as encryption context. Nothing is cached, so
 * every read of a patient's data is one `Decrypt` in CloudTrail that names the contact.
 */
export const vault = (runtime: Runtime, { keyArn, keysTable }: VaultConfig) => {
  const db = documentClient(runtime);
  const keys = dataKeys(runtime, keyArn);
  const inUse = (contact: string, bytes: Uint8Array): DataKey => ({
    ...cipherOf(contact, bytes),
    contact,
    wipe: () => { bytes.fill(0); },
  });
  const wrapped = async (contact: string): Promise<Uint8Array | undefined> =>
    wrappedOf((await db.send(new GetCommand(keyGet(keysTable, contact)))).Item);
  const unwrap = async (contact: string, bytes: Uint8Array): Promise<DataKey> =>
    inUse(contact, await keys.unwrap({ contact }, bytes));
  return {
    /** One `GenerateDataKey`. The key is not kept until `put` is written. */
    create: async (contact: string): Promise<NewKey> => {
      const fresh = await keys.generate({ contact });
      return { key: inUse(contact, fresh.plaintext), put: keyPut(keysTable, contact, fresh.wrapped) };
    },
    /** The key as it is stored, or undefined where there is none. No KMS call. */
    wrapped,
    /** One `Decrypt`. */
    unwrap,
    /** One read and one `Decrypt`. Throws `contact.shredded` where the key is gone: ask for a contact that exists. */
    key: async (contact: string): Promise<DataKey> => {
      const bytes = await wrapped(contact);
      if (bytes === undefined) throw new SendwellError('contact.shredded', { contact });
      return unwrap(contact, bytes);
    },
  };
};

export type Vault = ReturnType<typeof vault>;
