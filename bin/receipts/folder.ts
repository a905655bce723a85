import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Seal } from '../../lib/core/audit/archive.ts';
import { origin } from '../../lib/core/audit/chain.ts';
import type { DayOfReceipts, ReceiptSource } from '../../lib/core/audit/prove.ts';
import { Receipt, referenceOf } from '../../lib/core/audit/receipt.ts';

export const folderOption = { takes: '<path>', help: "A copy of the archive's receipts, as 'aws s3 sync' makes it." } as const;

/** The files of exported days below a folder, by day, in the order of their names. */
const filesByDay = (folder: string): ReadonlyMap<string, readonly string[]> => {
  const days = new Map<string, string[]>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ndjson')).sort();
  for (const name of files) {
    const day = basename(dirname(name));
    days.set(day, [...days.get(day) ?? [], join(folder, name)]);
  }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** A line that is no JSON stays text, which the check takes for a changed receipt. */
const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};

const receiptsIn = (files: readonly string[]): readonly unknown[] =>
  files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map(parse));

/** A day without its seal, or with a broken one, is taken for a day whose end is gone. */
const sealOf = (files: readonly string[]): Seal | undefined => {
  const path = join(dirname(files[0] ?? ''), 'seal.json');
  return existsSync(path) ? Seal.safeParse(parse(readFileSync(path, 'utf8'))).data : undefined;
};

const unsealed = (day: string) => ({ day, position: 0, hash: '' });

const daysIn = async function* daysIn(days: ReadonlyMap<string, readonly string[]>): AsyncIterable<DayOfReceipts> {
  for (const [day, files] of days) yield { day, receipts: receiptsIn(files), end: sealOf(files)?.end ?? unsealed(day) };
};

export const sourceInFolder = (folder: string): ReceiptSource => {
  const days = filesByDay(folder);
  const [first] = days.values();
  return { after: (first === undefined ? undefined : sealOf(first))?.after ?? origin, days: daysIn(days) };
};

/** Receipts of one send; none where the folder has none. */
export const receiptsInFolder = (folder: string, reference: string): readonly unknown[] =>
  [...filesByDay(folder).values()].flatMap(receiptsIn).filter((value) => {
    const receipt = Receipt.safeParse(value).data;
    return receipt !== undefined && referenceOf(receipt) === reference;
  });
