import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { additionalData, joinEnvelope, splitEnvelope } from '../../../lib/core/vault/envelope.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('an envelope comes apart as it was put together', () => {
  fc.assert(fc.property(bytes(12), fc.uint8Array({ maxLength: 100 }), bytes(16), (iv, ciphertext, tag) => {
    const parts = { iv, ciphertext, tag };
    expect(splitEnvelope(joinEnvelope(parts))).toEqual(parts);
  }));
});

test('an envelope is one version byte, twelve of vector, the ciphertext and sixteen of tag', () => {
  const joined = joinEnvelope({
    iv: new Uint8Array(12).fill(2), ciphertext: new Uint8Array([3, 3]), tag: new Uint8Array(16).fill(4),
  });
  expect([...joined]).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
});

test('the additional data names owner, field and version', () => {
  expect(new TextDecoder().decode(additionalData('c_1', 'record'))).toBe('c_1|record|1');
});

test('bytes too few for an envelope are tampered with', () => {
  expect(() => splitEnvelope(new Uint8Array([1, 2, 3]))).toThrow(expect.objectContaining({ code: 'vault.tampered' }));
});
