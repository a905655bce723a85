import * as z from 'zod';
import { canonical } from '../consent/digest.ts';
import type { Head } from './chain.ts';
import { Day } from './receipt.ts';
import type { Receipt } from './receipt.ts';

/** Receipts in one object of the archive, at most. */
export const receiptsPerObject = 5000;

const Place = z.strictObject({ day: z.string(), position: z.int().min(0), hash: z.string() });

/** Says where the chain stood before a closed day and at its end; the last object of the day. */
export const Seal = z.strictObject({ day: Day, after: Place, end: Place });
export type Seal = z.infer<typeof Seal>;

export const folderOf = (day: string): string => `receipts/${day}`;

/** Names sort as the positions do. */
export const objectName = (day: string, from: number): string => `${folderOf(day)}/${String(from).padStart(9, '0')}.ndjson`;

export const sealName = (day: string): string => `${folderOf(day)}/seal.json`;

/** One receipt a line, keys in order: the same receipts give the same bytes. */
export const receiptLines = (receipts: readonly Receipt[]): string => receipts.map((receipt) => `${canonical(receipt)}\n`).join('');

export const sealText = (day: string, after: Head, end: Head): string => `${canonical({ day, after, end } satisfies Seal)}\n`;
