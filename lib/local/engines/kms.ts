import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Served } from './http.ts';
import { serve } from './http.ts';
import { AwsFault, awsJson, signer } from './protocol.ts';
import type { Input } from './protocol.ts';

export type KmsCall = {
  readonly operation: string;
  readonly caller: string;
  readonly key: string;
  readonly context: Readonly<Record<string, string>>;
  readonly error?: string;
};

export type KmsEngine = Served & {
  /** Makes the key, or keeps the one of an earlier run. */
  readonly createKey: (id: string, arn: string) => void;
  readonly alias: (name: string, id: string) => void;
};

type Master = { readonly arn: string; readonly secret: string };
type Context = Readonly<Record<string, string>>;

const contextOf = (input: Input): Context => (input['EncryptionContext'] ?? {}) as Context;

const additional = (arn: string, context: Context): Buffer =>
  Buffer.from(JSON.stringify([arn, ...Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))]));

/** Layout: 32 bytes that name the key, 12 of nonce, 16 of tag, the text. */
const seal = ({ arn, secret }: Master, context: Context, plain: Buffer): Buffer => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), nonce);
  cipher.setAAD(additional(arn, context));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([createHash('sha256').update(arn).digest(), nonce, cipher.getAuthTag(), text]);
};

const unseal = ({ arn, secret }: Master, context: Context, blob: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), blob.subarray(32, 44));
  decipher.setAAD(additional(arn, context));
  decipher.setAuthTag(blob.subarray(44, 60));
  return Buffer.concat([decipher.update(blob.subarray(60)), decipher.final()]);
};

/**
 * The part of KMS that envelope encryption uses, over node:crypto. As in KMS, a ciphertext opens only under the
 * encryption context it was made with.
 *
 * @param file Where the master keys live on; without it they live in memory.
 */
export const startKms = async (observe: (call: KmsCall) => void, file?: string): Promise<KmsEngine> => {
  const masters = new Map<string, Master>(
    file !== undefined && existsSync(file)
      ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Master>) : [],
  );
  const aliases = new Map<string, string>();
  const find = (input: Input): Master => {
    const name = String(input['KeyId'] ?? '');
    const id = aliases.get(name.slice(name.indexOf('alias/'))) ?? name.slice(name.lastIndexOf('/') + 1);
    const master = masters.get(id);
    if (master === undefined) throw new AwsFault('NotFoundException', 'key not found');
    return master;
  };
  const opener = (blob: Buffer): Master => {
    for (const master of masters.values()) {
      if (createHash('sha256').update(master.arn).digest().equals(blob.subarray(0, 32))) return master;
    }
    throw new AwsFault('InvalidCiphertextException');
  };
  const generate = (input: Input): { master: Master; plain: Buffer; blob: Buffer } => {
    const master = find(input);
    const plain = randomBytes(input['KeySpec'] === 'AES_128' ? 16 : Number(input['NumberOfBytes'] ?? 32));
    return { master, plain, blob: seal(master, contextOf(input), plain) };
  };
  const decrypt = (input: Input): { master: Master; plain: Buffer } => {
    const blob = Buffer.from(String(input['CiphertextBlob']), 'base64');
    const master = opener(blob);
    if (input['KeyId'] !== undefined && find(input) !== master) throw new AwsFault('IncorrectKeyException');
    try {
      return { master, plain: unseal(master, contextOf(input), blob) };
    } catch {
      throw new AwsFault('InvalidCiphertextException');
    }
  };

  const operations: Readonly<Record<string, (input: Input) => Record<string, unknown> & { KeyId: string }>> = {
    GenerateDataKey: (input) => {
      const { master, plain, blob } = generate(input);
      return { KeyId: master.arn, Plaintext: plain.toString('base64'), CiphertextBlob: blob.toString('base64') };
    },
    GenerateDataKeyWithoutPlaintext: (input) => {
      const { master, blob } = generate(input);
      return { KeyId: master.arn, CiphertextBlob: blob.toString('base64') };
    },
    Encrypt: (input) => {
      const master = find(input);
      const blob = seal(master, contextOf(input), Buffer.from(String(input['Plaintext']), 'base64'));
      return { KeyId: master.arn, CiphertextBlob: blob.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    Decrypt: (input) => {
      const { master, plain } = decrypt(input);
      return { KeyId: master.arn, Plaintext: plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
  };

  const observed = Object.fromEntries(Object.entries(operations).map(([operation, run]) => [
    operation,
    (input: Input, asked: Parameters<typeof signer>[0]): object => {
      const call = { operation, caller: signer(asked), context: contextOf(input) };
      try {
        const output = run(input);
        observe({ ...call, key: output.KeyId });
        return output;
      } catch (error) {
        const name = error instanceof Error ? error.name : 'Error';
        observe({ ...call, key: String(input['KeyId'] ?? ''), error: name });
        throw error;
      }
    },
  ]));
  const served = await serve(awsJson('1.1', {
    ...observed,
    DescribeKey: (input) => {
      const { arn } = find(input);
      return { KeyMetadata: { KeyId: arn.slice(arn.lastIndexOf('/') + 1), Arn: arn, Enabled: true, KeyState: 'Enabled' } };
    },
  }));

  return {
    ...served,
    createKey: (id, arn) => {
      if (masters.has(id)) return;
      masters.set(id, { arn, secret: randomBytes(32).toString('base64') });
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(Object.fromEntries(masters)), { mode: 0o600 });
    },
    alias: (name, id) => {
      aliases.set(name, id);
    },
  };
};
