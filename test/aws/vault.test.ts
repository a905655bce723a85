import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cipherOf } from '../../lib/aws/aead.ts';
import { vault } from '../../lib/aws/vault.ts';
import { contactId } from '../fixtures/contact.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';

let engines: VaultEngines;
beforeAll(async () => { engines = await startVaultEngines(); });
afterAll(() => engines.stop());

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const value = fc.uint8Array({ maxLength: 300 });
const tampered = expect.objectContaining({ code: 'vault.tampered' });

test('what is sealed opens again under the same key, owner and field', () => {
  fc.assert(fc.property(bytes(32), fc.string(), fc.string(), value, (key, owner, field, plaintext) => {
    const cipher = cipherOf(owner, key);
    expect(cipher.open(field, cipher.seal(field, plaintext))).toEqual(new Uint8Array(plaintext));
  }));
});

test('a change to any byte is noticed', () => {
  fc.assert(fc.property(bytes(32), value, fc.nat(), fc.integer({ min: 1, max: 255 }), (key, plaintext, at, flip) => {
    const cipher = cipherOf('c', key);
    const sealed = cipher.seal('record', plaintext);
    const index = at % sealed.length;
    sealed[index] = (sealed[index] ?? 0) ^ flip;
    expect(() => cipher.open('record', sealed)).toThrow(tampered);
  }), { numRuns: 300 });
});

test('bytes cut off at any place are noticed', () => {
  const cipher = cipherOf('c', new Uint8Array(32));
  const sealed = cipher.seal('record', new TextEncoder().encode('value'));
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => cipher.open('record', sealed.subarray(0, length))).toThrow(tampered);
  }
});

test('a value moved to another contact does not open, even under the same key', () => {
  const key = new Uint8Array(32);
  const sealed = cipherOf(contactId(1), key).seal('record', new Uint8Array([1]));
  expect(() => cipherOf(contactId(2), key).open('record', sealed)).toThrow(tampered);
});

test('a value moved to another field does not open', () => {
  const cipher = cipherOf(contactId(1), new Uint8Array(32));
  expect(() => cipher.open('portal', cipher.seal('record', new Uint8Array([1])))).toThrow(tampered);
});

test('a value of another format version does not open', () => {
  const cipher = cipherOf(contactId(1), new Uint8Array(32));
  const sealed = cipher.seal('record', new Uint8Array([1]));
  expect(sealed[0]).toBe(1);
  sealed[0] = 2;
  expect(() => cipher.open('record', sealed)).toThrow(tampered);
});

test('a kept key opens what it sealed, with one KMS call that names the contact', async () => {
  const contact = contactId(10);
  const keys = vault(engines.runtime, engines);
  const made = await keys.create(contact);
  await engines.db.send(new PutCommand(made.put));
  const sealed = made.key.seal('record', new TextEncoder().encode('value'));
  made.key.wipe();
  engines.calls.length = 0;
  const key = await keys.key(contact);
  expect(new TextDecoder().decode(key.open('record', sealed))).toBe('value');
  expect(engines.calls).toMatchObject([{ operation: 'Decrypt', context: { contact } }]);
});

test('a wiped key seals no more under the contact key', async () => {
  const made = await vault(engines.runtime, engines).create(contactId(11));
  const sealed = made.key.seal('record', new Uint8Array([1]));
  made.key.wipe();
  expect(() => made.key.open('record', sealed)).toThrow(tampered);
});

test('a second key for the same contact is refused', async () => {
  const keys = vault(engines.runtime, engines);
  await engines.db.send(new PutCommand((await keys.create(contactId(12))).put));
  const second = await keys.create(contactId(12));
  await expect(engines.db.send(new PutCommand(second.put))).rejects.toThrow(
    expect.objectContaining({ name: 'ConditionalCheckFailedException' }));
});

test('a wrapped key that was moved to another contact does not unwrap', async () => {
  const keys = vault(engines.runtime, engines);
  const made = await keys.create(contactId(13));
  await expect(keys.unwrap(contactId(14), made.put.Item.wrapped)).rejects.toThrow(
    expect.objectContaining({ name: 'InvalidCiphertextException' }));
});

test('a contact whose key was deleted is shredded', async () => {
  const keys = vault(engines.runtime, engines);
  const made = await keys.create(contactId(15));
  await engines.db.send(new PutCommand(made.put));
  await engines.db.send(new DeleteCommand({ TableName: engines.keysTable, Key: { pk: contactId(15), sk: 'key' } }));
  await expect(keys.key(contactId(15))).rejects.toThrow(expect.objectContaining({ code: 'contact.shredded' }));
});
