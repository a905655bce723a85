import { EnrolmentId } from './ids.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Crockford's base 32 of the first bytes, five bits a character. */
export const base32 = (bytes: Uint8Array, characters: number): string => {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const total = BigInt(bytes.length * 8);
  return Array.from({ length: characters }, (_, index) =>
    alphabet[Number((bits >> (total - 5n * BigInt(index + 1))) & 31n)]).join('');
};

/** SHA-256 as lower-case hex. */
export const sha256 = async (text: string): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** The id of an entry; `entry` is `once` where a journey takes a contact a single time. */
export const enrolmentIdOf = async (contact: string, journey: string, entry: string): Promise<EnrolmentId> => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${contact}|${journey}|${entry}`));
  return EnrolmentId.parse(`e_${base32(new Uint8Array(hash), 26)}`);
};
