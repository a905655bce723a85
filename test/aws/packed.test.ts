import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pack, unpack } from '../../lib/aws/packed.ts';
import { canonical } from '../../lib/core/consent/digest.ts';
import { chainOf } from '../core/audit/receipts.ts';

test('a page unpacks to what was packed', async () => {
  const chain = await chainOf([150]);
  expect(unpack(pack(chain))).toEqual(chain);
});

test('a hundred receipts pack to a fifth of their text at most', async () => {
  const chain = await chainOf([100]);
  expect(pack(chain).length).toBeLessThan(canonical(chain).length / 5);
});

test('bytes that are cut off, or no receipts, are refused', async () => {
  const packed = pack(await chainOf([2]));
  expect(() => unpack(packed.slice(0, -4))).toThrow();
  expect(() => unpack(new Uint8Array())).toThrow();
  expect(() => unpack(brotliCompressSync('{"position":1}\n'))).toThrow();
});

test('what would unpack to more than a page holds is refused before it fills the memory', () => {
  expect(() => unpack(brotliCompressSync(' '.repeat(64 * 1024 * 1024)))).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
});
