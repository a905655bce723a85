import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SendwellError } from '../core/errors.ts';
import type { Cipher } from '../core/vault/cipher.ts';
import { additionalData, envelope, joinEnvelope, splitEnvelope } from '../core/vault/envelope.ts';

const algorithm = 'aes-256-gcm';
const options = { authTagLength: envelope.tagBytes };

/**
 * AES-256-GCM under one key of 32 bytes. Initialisation vectors are random, so a key may seal 2^32 values at most
 * before a repeat becomes likely enough to matter.
 * @see https://doi.org/10.6028/NIST.SP.800-38D section 8.3
 */
export const cipherOf = (owner: string, key: Uint8Array): Cipher => ({
  seal: (field, plaintext) => {
    const iv = randomBytes(envelope.ivBytes);
    const cipher = createCipheriv(algorithm, key, iv, options).setAAD(additionalData(owner, field));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return joinEnvelope({ iv, ciphertext, tag: cipher.getAuthTag() });
  },
  open: (field, sealed) => {
    const { iv, ciphertext, tag } = splitEnvelope(sealed);
    const decipher = createDecipheriv(algorithm, key, iv, options).setAAD(additionalData(owner, field)).setAuthTag(tag);
    const opened = new Uint8Array(ciphertext.length);
    try {
      opened.set(decipher.update(ciphertext));
      decipher.final();
    } catch {
      opened.fill(0);
      throw new SendwellError('vault.tampered', { owner });
    }
    return opened;
  },
});
