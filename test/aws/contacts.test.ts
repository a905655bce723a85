import { DeleteCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { MetadataBearer, MiddlewareStack } from '@smithy/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appKeys } from '../../lib/aws/app-keys.ts';
import { gateUpdate } from '../../lib/aws/contact-items.ts';
import { contactStore, contacts } from '../../lib/aws/contacts.ts';
import { segments } from '../../lib/aws/segments.ts';
import { vault } from '../../lib/aws/vault.ts';
import type { ContactRecord } from '../../lib/core/contact/record.ts';
import type { ContactStore, Entry } from '../../lib/core/contact/store.ts';
import { Phi } from '../../lib/core/phi.ts';
import { Instant } from '../../lib/core/time.ts';
import type { VaultEngines } from '../engines/vault.ts';
import { startVaultEngines } from '../engines/vault.ts';
import { contactId, someRecord } from '../fixtures/contact.ts';
import { publishedSegment } from '../fixtures/segment.ts';

let engines: VaultEngines;
let store: ContactStore;
beforeAll(async () => {
  engines = await startVaultEngines();
  const catalogue = segments(engines.runtime, engines.journeysTable);
  await Promise.all(['call-list', 'first-group', 'second-group'].map((name) => catalogue.publish(publishedSegment(name))));
  store = contactStore(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    journeysTable: engines.journeysTable,
    segments: catalogue,
  });
});
afterAll(() => engines.stop());

const at = Instant.parse('2026-11-02T09:00:00.000Z');
const entry = (number: number, memberships: Entry['memberships'] = []): Entry =>
  ({ memberships, source: `ehr/${number}`, at });
const coded = (code: string) => expect.objectContaining({ code });
const named = (firstName: string): ContactRecord => ({ ...someRecord, fields: { ...someRecord.fields, firstName } });
const rename = (firstName: string) => (record: ContactRecord): ContactRecord =>
  ({ ...record, fields: { ...record.fields, firstName } });

test('a created contact opens with its record, an empty gate and its zone', async () => {
  await store.create(contactId(1), someRecord, entry(1));
  const opened = await store.open(contactId(1));
  expect(opened?.record.open()).toEqual(someRecord);
  expect(opened).toMatchObject({ gate: { version: 1, recent: [] }, zone: 'America/New_York' });
});

test('opening a contact is one KMS call', async () => {
  await store.create(contactId(2), someRecord, entry(2));
  engines.calls.length = 0;
  await store.open(contactId(2));
  expect(engines.calls).toMatchObject([{ operation: 'Decrypt', context: { contact: contactId(2) } }]);
});

test('a value sealed outside the record opens with the contact, and all of it is one KMS call', async () => {
  await store.create(contactId(40), someRecord, entry(40));
  const bytes = await store.seal(contactId(40), 'event#1', new Phi({ kind: 'blood' }));
  const others = await store.seal(contactId(40), 'event#2', new Phi({ kind: 'tissue' }));
  engines.calls.length = 0;
  const opened = await store.open(contactId(40), [{ field: 'event#1', bytes }, { field: 'event#2', bytes: others }]);
  expect([...opened?.sealed ?? []].map(([field, value]) => [field, value.open()])).toEqual([['event#1', { kind: 'blood' }], ['event#2', { kind: 'tissue' }]]);
  expect(engines.calls).toMatchObject([{ operation: 'Decrypt', context: { contact: contactId(40) } }]);
});

test('a sealed value does not open as another field, nor as that of another contact', async () => {
  await Promise.all([41, 42].map((number) => store.create(contactId(number), someRecord, entry(number))));
  const bytes = await store.seal(contactId(41), 'event#1', new Phi({ kind: 'blood' }));
  expect(Buffer.from(bytes).toString('latin1')).not.toContain('blood');
  await expect(store.open(contactId(41), [{ field: 'event#2', bytes }])).rejects.toThrow(coded('vault.tampered'));
  await expect(store.open(contactId(42), [{ field: 'event#1', bytes }])).rejects.toThrow(coded('vault.tampered'));
});

test('nothing is sealed for a contact that is unknown or shredded', async () => {
  await store.create(contactId(43), someRecord, entry(43));
  await engines.db.send(new DeleteCommand({ TableName: engines.keysTable, Key: { pk: contactId(43), sk: 'key' } }));
  await expect(store.seal(contactId(43), 'event#1', new Phi({}))).rejects.toThrow(coded('contact.shredded'));
  await expect(store.seal(contactId(9998), 'event#1', new Phi({}))).rejects.toThrow(coded('contact.unknown'));
});

test('an unknown contact opens as undefined, without a KMS call', async () => {
  engines.calls.length = 0;
  expect(await store.open(contactId(9999))).toBeUndefined();
  expect(engines.calls).toEqual([]);
});

test('a contact whose key is gone is shredded', async () => {
  await store.create(contactId(3), someRecord, entry(3));
  await engines.db.send(new DeleteCommand({ TableName: engines.keysTable, Key: { pk: contactId(3), sk: 'key' } }));
  await expect(store.open(contactId(3))).rejects.toThrow(coded('contact.shredded'));
});

test('no value of the record lies in the clear', async () => {
  const marked = {
    ...named('CANARY-name'), destinations: { 'em-1': 'CANARY-mail@example.test' },
  };
  await store.create(contactId(4), marked, { memberships: [], source: 'ehr/CANARY-id', at });
  const { Items = [] } = await engines.db.send(new ScanCommand({ TableName: engines.table }));
  const seen = JSON.stringify(Items, (_, value: unknown) =>
    (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
  expect(seen).not.toContain('CANARY');
});

test('a second contact of the same source leaves neither row nor key behind', async () => {
  await store.create(contactId(5), someRecord, entry(5));
  await expect(store.create(contactId(6), someRecord, entry(5))).rejects.toThrow(coded('contact.changed'));
  expect(await store.open(contactId(6))).toBeUndefined();
  const { Items = [] } = await engines.db.send(new ScanCommand({ TableName: engines.keysTable }));
  expect(Items.map(({ pk }) => pk as string)).not.toContain(contactId(6));
});

test('a contact is found by its source', async () => {
  await store.create(contactId(7), someRecord, entry(7));
  expect(await store.contactOfSource('ehr/7')).toBe(contactId(7));
  expect(await store.contactOfSource('ehr/unknown')).toBeUndefined();
});

test('the same source is found by a function that starts later', async () => {
  await store.create(contactId(8), someRecord, entry(8));
  const later = contacts(engines.runtime, {
    table: engines.table, vault: vault(engines.runtime, engines), appKeys: appKeys(engines.runtime, engines),
    journeysTable: engines.journeysTable,
  });
  expect(await later.contactOfSource('ehr/8')).toBe(contactId(8));
});

test('a replacement at the version that was read raises the version', async () => {
  await store.create(contactId(20), someRecord, entry(20));
  await store.replace(contactId(20), named('Grace'), 1);
  const opened = await store.open(contactId(20));
  expect(opened?.record.open().fields.firstName).toBe('Grace');
  expect(opened?.gate.version).toBe(2);
});

test('a replacement at an older version changes nothing', async () => {
  await store.create(contactId(21), someRecord, entry(21));
  await store.replace(contactId(21), named('Grace'), 1);
  await expect(store.replace(contactId(21), named('Lost'), 1)).rejects.toThrow(coded('contact.changed'));
  expect((await store.open(contactId(21)))?.record.open().fields.firstName).toBe('Grace');
});

test('a send reserved on an older version than a change loses', async () => {
  await store.create(contactId(22), someRecord, entry(22));
  await store.update(contactId(22), rename('Grace'));
  const late = { TransactItems: [{ Update: gateUpdate(engines.table, contactId(22), 1, []) }] };
  await expect(engines.db.send(new TransactWriteCommand(late))).rejects.toThrow(
    expect.objectContaining({ name: 'TransactionCanceledException' }));
});

test('a send on the present version is kept in the gate and raises the version', async () => {
  await store.create(contactId(23), someRecord, entry(23));
  const recent = [{ at, channel: 'email' as const, commercial: true, send: 'e_1#invite#0' }];
  await engines.db.send(new TransactWriteCommand({
    TransactItems: [{ Update: gateUpdate(engines.table, contactId(23), 1, recent) }],
  }));
  expect((await store.open(contactId(23)))?.gate).toEqual({ version: 2, recent });
});

test('of several changes at once every one is kept', async () => {
  await store.create(contactId(24), someRecord, entry(24));
  const codes = ['1', '2', '3'];
  await Promise.all(codes.map((code) => store.update(contactId(24), (record) => ({
    ...record, fields: { ...record.fields, conditions: [...(record.fields.conditions ?? []), code] },
  }))));
  expect((await store.open(contactId(24)))?.record.open().fields.conditions?.toSorted()).toEqual(['1', '2', '3', '44054006']);
});

test('a change that loses to another five times over gives up', async () => {
  await store.create(contactId(25), someRecord, entry(25));
  let version = 0;
  const rival = {
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) => {
      stack.add((next, { commandName }) => async (args) => {
        if (commandName?.startsWith('TransactWrite') === true) {
          version += 1;
          await engines.db.send(new TransactWriteCommand({
            TransactItems: [{ Update: gateUpdate(engines.table, contactId(25), version, []) }],
          }));
        }
        return next(args);
      }, { step: 'initialize' });
    },
  };
  const runtime = { ...engines.runtime, plugins: [rival] };
  const outrun = contacts(runtime, {
    table: engines.table, vault: vault(runtime, engines), appKeys: appKeys(runtime, engines),
    journeysTable: engines.journeysTable,
  });
  await expect(outrun.update(contactId(25), rename('Lost'))).rejects.toThrow(coded('contact.changed'));
  expect(version).toBe(5);
});

test('a change that changes nothing writes nothing', async () => {
  await store.create(contactId(26), someRecord, entry(26));
  expect(await store.update(contactId(26), (record) => record)).toBe(false);
  expect((await store.open(contactId(26)))?.gate.version).toBe(1);
});

test('a change to an unknown contact says so', async () => {
  await expect(store.update(contactId(9998), rename('x'))).rejects.toThrow(coded('contact.unknown'));
});

test('the zone is read without a KMS call', async () => {
  await store.create(contactId(27), someRecord, entry(27));
  const nowhere = { ...someRecord, standing: { ...someRecord.standing, time_zone: null } };
  await store.create(contactId(28), nowhere, entry(28));
  engines.calls.length = 0;
  expect(await store.zone(contactId(27))).toBe('America/New_York');
  expect(await store.zone(contactId(28))).toBeNull();
  expect(await store.zone(contactId(9997))).toBeUndefined();
  expect(engines.calls).toEqual([]);
});

const everyMember = async (segment: string): Promise<string[]> => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.members(segment, cursor);
    found.push(...page.contacts);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.toSorted();
};

test('the pages of a segment list every member once', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => contactId(100 + index));
  await Promise.all(ids.map((id) => store.addToSegment(id, 'call-list', at)));
  expect(await everyMember('call-list')).toEqual(ids.toSorted());
});

test('a contact joins its segments at creation, joins once, and leaves', async () => {
  await store.create(contactId(30), someRecord, entry(30, ['first-group']));
  await store.addToSegment(contactId(30), 'first-group', at);
  await store.addToSegment(contactId(30), 'second-group', at);
  expect(await store.segmentsOf(contactId(30))).toEqual(['first-group', 'second-group']);
  await store.removeFromSegment(contactId(30), 'first-group', at);
  expect(await store.segmentsOf(contactId(30))).toEqual(['second-group']);
  expect(await everyMember('first-group')).toEqual([]);
});

test('keys of contacts hold no name of a segment', async () => {
  await store.create(contactId(31), someRecord, entry(31, ['first-group']));
  await store.addToSegment(contactId(31), 'second-group', at);
  const { Items = [] } = await engines.db.send(new ScanCommand({ TableName: engines.table }));
  const keyed = JSON.stringify(Items.map(({ pk, sk, segmentPartition }) => [pk, sk, segmentPartition] as unknown));
  expect(keyed).toMatch(/"segment#s_[0-9a-hjkmnp-tv-z]{26}","s_[0-9a-hjkmnp-tv-z]{26}#\d"/u);
  expect(keyed).not.toMatch(/group|list/u);
});

test('a contact that would join an unknown segment is not made', async () => {
  await expect(store.create(contactId(32), someRecord, entry(32, ['no-such-group']))).rejects.toThrow(coded('segment.unknown'));
  expect(await store.open(contactId(32))).toBeUndefined();
});

test('an unknown segment has neither members nor a way in or out', async () => {
  const unknown = coded('segment.unknown');
  await expect(store.members('no-such-group')).rejects.toThrow(unknown);
  await expect(store.addToSegment(contactId(30), 'no-such-group', at)).rejects.toThrow(unknown);
  await expect(store.removeFromSegment(contactId(30), 'no-such-group', at)).rejects.toThrow(unknown);
});
