import { DecryptCommand, DescribeKeyCommand, EncryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startKms } from '../../../lib/local/engines/kms.ts';
import type { KmsCall, KmsEngine } from '../../../lib/local/engines/kms.ts';

const arn = 'arn:aws:kms:us-east-1:000000000000:key/mrk-1';
const context = { contact: 'c_1' };
let engine: KmsEngine;
let client: KMSClient;
let calls: KmsCall[];

const clientOf = (endpoint: string): KMSClient =>
  new KMSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'send-message', secretAccessKey: 'x' } });

beforeEach(async () => {
  calls = [];
  engine = await startKms((call) => calls.push(call));
  engine.createKey('mrk-1', arn);
  client = clientOf(engine.url);
});

afterEach(async () => {
  client.destroy();
  await engine.stop();
});

const wrap = () => client.send(new GenerateDataKeyCommand({ KeyId: arn, KeySpec: 'AES_256', EncryptionContext: context }));

test('a data key opens under the context that it was wrapped with', async () => {
  const { CiphertextBlob, Plaintext } = await wrap();
  const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
  expect(Buffer.from(opened.Plaintext ?? []).equals(Buffer.from(Plaintext ?? [1]))).toBe(true);
});

test('a data key has 256 bits', async () => {
  expect((await wrap()).Plaintext).toHaveLength(32);
});

test('another contact\'s context does not open a data key', async () => {
  const { CiphertextBlob } = await wrap();
  await expect(client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { contact: 'c_2' } })))
    .rejects.toThrow(expect.objectContaining({ name: 'InvalidCiphertextException' }));
});

test('a changed ciphertext does not open', async () => {
  const { CiphertextBlob = new Uint8Array() } = await wrap();
  const changed = Uint8Array.from(CiphertextBlob, (byte, at) => (at === CiphertextBlob.length - 1 ? byte ^ 1 : byte));
  await expect(client.send(new DecryptCommand({ CiphertextBlob: changed, EncryptionContext: context })))
    .rejects.toThrow(expect.objectContaining({ name: 'InvalidCiphertextException' }));
});

test('the order in which a context is written does not matter', async () => {
  const { CiphertextBlob } = await client.send(
    new EncryptCommand({ KeyId: arn, Plaintext: Buffer.from('value'), EncryptionContext: { a: '1', b: '2' } }));
  const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('value');
});

test('a key is found by its alias', async () => {
  engine.alias('alias/vault', 'mrk-1');
  expect((await client.send(new DescribeKeyCommand({ KeyId: 'alias/vault' }))).KeyMetadata?.Arn).toBe(arn);
});

test('an unknown key is not found', async () => {
  await expect(client.send(new DescribeKeyCommand({ KeyId: 'mrk-2' })))
    .rejects.toThrow(expect.objectContaining({ name: 'NotFoundException' }));
});

test('each use of a key names its caller, its context and its error', async () => {
  const { CiphertextBlob } = await wrap();
  await expect(client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: {} })))
    .rejects.toThrow(expect.objectContaining({ name: 'InvalidCiphertextException' }));
  expect(calls.map(({ operation, caller, context: told, error }) => ({ operation, caller, told, error }))).toStrictEqual([
    { operation: 'GenerateDataKey', caller: 'send-message', told: context, error: undefined },
    { operation: 'Decrypt', caller: 'send-message', told: {}, error: 'InvalidCiphertextException' },
  ]);
});

test('kept master keys open what an earlier run wrapped, and only their owner reads the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sendwell-kms-'));
  const file = join(folder, 'keys.json');
  const first = await startKms(() => undefined, file);
  first.createKey('mrk-1', arn);
  const before = clientOf(first.url);
  const { CiphertextBlob } = await before.send(
    new EncryptCommand({ KeyId: arn, Plaintext: Buffer.from('kept'), EncryptionContext: context }));
  await first.stop();
  const second = await startKms(() => undefined, file);
  second.createKey('mrk-1', arn);
  const after = clientOf(second.url);
  const opened = await after.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('kept');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await second.stop();
  rmSync(folder, { recursive: true });
});
