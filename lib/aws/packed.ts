import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { receiptLines } from '../core/audit/archive.ts';
import { Receipt } from '../core/audit/receipt.ts';

/** From 6 to 9 it takes up to six times as long for the same size, at 11 some thirty times for a tenth less. */
const quality = 5;

/** Bytes of an unpacked page, at most; `pagesOf` makes none that comes near. */
const unpackedBytes = 1024 * 1024;

/** The receipts of a page as one value: lines of JSON under Brotli, since they share most of their text. */
export const pack = (receipts: readonly Receipt[]): Uint8Array =>
  brotliCompressSync(receiptLines(receipts), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });

/** Throws where the bytes are no page of receipts, or unpack to more than any page holds. */
export const unpack = (packed: Uint8Array): readonly Receipt[] =>
  brotliDecompressSync(packed, { maxOutputLength: unpackedBytes }).toString().split('\n').slice(0, -1)
    .map((line) => Receipt.parse(JSON.parse(line)));
