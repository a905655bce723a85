import { SendwellError } from '../errors.ts';

/**
 * How a value lies at rest: one version byte, 12 bytes of initialisation vector, the ciphertext, 16 bytes of tag, all
 * of AES-256-GCM. The cipher itself is injected; this file knows only the layout and what the tag covers.
 */
export const envelope = { version: 1, keyBytes: 32, ivBytes: 12, tagBytes: 16 } as const;

export type Envelope = { readonly iv: Uint8Array; readonly ciphertext: Uint8Array; readonly tag: Uint8Array };

const headBytes = 1 + envelope.ivBytes;

/**
 * What the tag covers beside the ciphertext: whose value it is, which one, in which format. A ciphertext moved to
 * another contact or another field does not open.
 */
export const additionalData = (owner: string, field: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${owner}|${field}|${envelope.version}`);

export const joinEnvelope = ({ iv, ciphertext, tag }: Envelope): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(headBytes + ciphertext.length + envelope.tagBytes);
  joined[0] = envelope.version;
  joined.set(iv, 1);
  joined.set(ciphertext, headBytes);
  joined.set(tag, headBytes + ciphertext.length);
  return joined;
};

/** Throws `vault.tampered` on bytes that are too few or of another version. */
export const splitEnvelope = (sealed: Uint8Array): Envelope => {
  const tagAt = sealed.length - envelope.tagBytes;
  if (sealed[0] !== envelope.version || tagAt < headBytes) throw new SendwellError('vault.tampered');
  return { iv: sealed.subarray(1, headBytes), ciphertext: sealed.subarray(headBytes, tagAt), tag: sealed.subarray(tagAt) };
};
