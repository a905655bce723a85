import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { sourceKey } from '../../aws/contact-items.ts';
import { contacts as layout } from '../../aws/tables.ts';
import { contactIdBytes, contactIdOf } from '../../core/contact/id.ts';
import { everybody, segmentPartition } from '../../core/contact/store.ts';
import type { ContactId } from '../../core/ids.ts';
import { SegmentId } from '../../core/ids.ts';

export type Tables = { readonly contacts: string; readonly keys: string };

/** An item as the engine keeps it: attributes by type. */
type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The item of one contact as that of another, in the place of the index that it would have there. */
export const itemFor = (contact: ContactId, item: Item): Item => {
  const partition = item['segmentPartition']?.['S'];
  const own = { ...item, pk: { S: contact } };
  if (typeof partition !== 'string') return own;
  const segment = partition.slice(0, partition.lastIndexOf('#'));
  return { ...own, segmentPartition: { S: segmentPartition(segment === everybody ? everybody : SegmentId.parse(segment), contact) } };
};

const inKey = (item: Item, name: string): string => `S:${String(item[name]?.['S'])}`;

type Row = { readonly item: Item; readonly size: number };

const rowsOf = (database: DatabaseSync, table: string, contact: string): readonly Row[] =>
  database.prepare(`SELECT item_json, item_size FROM "${table}" WHERE pk = ?`).all(`S:${contact}`)
    .map(({ item_json: json, item_size: size }) => ({ item: JSON.parse(String(json)) as Item, size: Number(size) }));

const insertInto = (database: DatabaseSync, table: string): StatementSync =>
  database.prepare(`INSERT INTO "${table}" (pk, sk, item_json, item_size, hash_prefix) VALUES (?, ?, ?, ?, ?)`);

/** How many contacts are written at once. */
const atOnce = 1000;

/**
 * Puts so many contacts beside those that are there: the rows of one of them again under other ids. Nobody can open them,
 * since they are sealed for another; they stand in every segment that the one stands in. They go straight into the file
 * of the DynamoDB engine, which waits for the disk after each request: a hundred thousand contacts would take an hour.
 * Whoever calls this counts them through the engine.
 *
 * @throws Error where the engine keeps no file of ours
 */
export const addCrowd = (file: string, tables: Tables, like: string, count: number): void => {
  if (!existsSync(file)) throw new Error('the DynamoDB engine keeps its tables elsewhere');
  const database = new DatabaseSync(file, { timeout: 60_000 });
  try {
    const people = rowsOf(database, tables.contacts, like);
    const keys = rowsOf(database, tables.keys, like);
    const [intoContacts, intoKeys] = [insertInto(database, tables.contacts), insertInto(database, tables.keys)];
    const intoIndex = database.prepare(
      `INSERT INTO "${tables.contacts}::gsi::${layout.segmentIndex.name}" (gsi_pk, gsi_sk, table_pk, table_sk, item_json) VALUES (?, ?, ?, ?, ?)`);
    const put = (into: StatementSync, { item, size }: Row, spread: string): void => {
      into.run(inKey(item, 'pk'), inKey(item, 'sk'), JSON.stringify(item), size, spread.slice(0, 6));
    };
    const add = (contact: ContactId): void => {
      const digest = createHash('sha256').update(contact).digest('hex');
      for (const { item, size } of people) {
        const own = itemFor(contact, item);
        put(intoContacts, { item: own, size }, digest);
        const { pk, sk, segmentPartition: partition } = own;
        if (partition === undefined) continue;
        intoIndex.run(inKey(own, 'segmentPartition'), inKey(own, 'pk'), inKey(own, 'pk'), inKey(own, 'sk'), JSON.stringify({ pk, sk, segmentPartition: partition }));
      }
      const { pk, sk } = sourceKey(digest);
      put(intoContacts, { item: { pk: { S: pk }, sk: { S: sk }, contact: { S: contact } }, size: pk.length + contact.length + 20 }, digest);
      for (const { item, size } of keys) put(intoKeys, { item: itemFor(contact, item), size }, digest);
    };
    for (let added = 0; added < count; added += atOnce) {
      database.exec('BEGIN IMMEDIATE');
      for (let index = added; index < Math.min(count, added + atOnce); index += 1) add(contactIdOf(randomBytes(contactIdBytes)));
      database.exec('COMMIT');
    }
  } finally {
    database.close();
  }
};
