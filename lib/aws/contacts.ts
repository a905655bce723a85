import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ContactRecord } from '../core/contact/record.ts';
import type { ContactStore, Evidence, Sealed } from '../core/contact/store.ts';
import { SendGate } from '../core/contact/store.ts';
import { SendwellError } from '../core/errors.ts';
import { ContactId } from '../core/ids.ts';
import { changedNames, ContactChange, recordChangeId } from '../core/engine/change.ts';
import { openWithdrawal, withdrawnBy } from '../core/engine/withdrawal.ts';
import { Phi } from '../core/phi.ts';
import type { SegmentCatalogue } from '../core/ports.ts';
import type { DataKey } from '../core/vault/cipher.ts';
import type { AppKeys } from './app-keys.ts';
import { changePut } from './changes.ts';
import type { PutItem } from './contact-items.ts';
import { createTransaction, evidenceKey, openQuery, replaceTransaction, sourceKey } from './contact-items.ts';
import { documentClient } from './dynamo.ts';
import { memberships } from './memberships.ts';
import type { Runtime } from './runtime.ts';
import { contacts as layout } from './tables.ts';
import type { Vault } from './vault.ts';
import { endingPuts } from './renewals.ts';
import { proofPuts } from './withdrawals.ts';
import { zones } from './zones.ts';

export type ContactsConfig = {
  readonly table: string;
  readonly vault: Vault;
  readonly appKeys: AppKeys;
  /** Holds what tells of changes, the proofs of withdrawals and the list of authorizations that end. */
  readonly journeysTable: string;
};

/** All that needs no segment's id. */
export type KnownContacts = Pick<ContactStore, 'open' | 'seal' | 'replace' | 'update' | 'evidence' | 'zone' | 'version' | 'contactOfSource'>;

const attempts = 5;
const recordField = 'record';

const Profile = z.object({ sealed: z.instanceof(Uint8Array), zone: z.string().nullable() });
const EvidenceItem = z.object({ sealed: z.instanceof(Uint8Array) });
const SourceItem = z.object({ contact: ContactId });

type Stored = { readonly profile: z.infer<typeof Profile>; readonly gate: SendGate };

const sealJson = (key: DataKey, field: string, value: unknown): Uint8Array<ArrayBuffer> => {
  const plaintext = new TextEncoder().encode(JSON.stringify(value));
  const sealed = key.seal(field, plaintext);
  plaintext.fill(0);
  return sealed;
};

const openJson = (key: DataKey, field: string, sealed: Uint8Array): unknown => {
  const plaintext = key.open(field, sealed);
  const text = new TextDecoder().decode(plaintext);
  plaintext.fill(0);
  return JSON.parse(text);
};

const sealRecord = (key: DataKey, record: ContactRecord): Uint8Array => sealJson(key, recordField, record);

/** The error of a record that does not fit holds the contact id only: a parser's own message could quote a value. */
const openRecord = (key: DataKey, sealed: Uint8Array): ContactRecord => {
  const record = ContactRecord.safeParse(openJson(key, recordField, sealed));
  if (!record.success) throw new SendwellError('internal', { contact: key.contact, at: 'record' });
  return record.data;
};

const openOthers = (key: DataKey, others: readonly Sealed[]): ReadonlyMap<string, Phi<unknown>> =>
  new Map(others.map(({ field, bytes }) => [field, new Phi(openJson(key, field, bytes))]));

/** What a form is sealed as: its name is part of it, so one form never passes for another. */
const evidenceField = (hash: string): string => `evidence#${hash}`;

const lost = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** A condition that failed, or another transaction on the same item: either way someone else was first. */
const orChanged = async <T>(contact: ContactId, write: Promise<T>): Promise<T> => {
  try {
    return await write;
  } catch (error) {
    const raced = error instanceof TransactionCanceledException
      && (error.CancellationReasons ?? []).some(({ Code }) => Code !== undefined && lost.has(Code));
    throw raced ? new SendwellError('contact.changed', { contact }) : error;
  }
};

const isChanged = (error: unknown): boolean => error instanceof SendwellError && error.code === 'contact.changed';

/** Contacts that are there; profile and wrapped key are read side by side, and each opening is one KMS call. */
export const contacts = (runtime: Runtime, { table, vault, appKeys, journeysTable }: ContactsConfig): KnownContacts => {
  const db = documentClient(runtime);

  const read = async (contact: ContactId): Promise<Stored | undefined> => {
    const { Items = [] } = await db.send(new QueryCommand(openQuery(table, contact)));
    const at = (sk: string): unknown => Items.find((item) => item['sk'] === sk);
    const profile = at(layout.profile);
    if (profile === undefined) return undefined;
    const { version, recent, waiting } = z.object({ version: z.unknown(), recent: z.unknown(), waiting: z.unknown().optional() }).parse(at(layout.gate));
    return { profile: Profile.parse(profile), gate: SendGate.parse({ version, recent, waiting }) };
  };

  /**
   * A change that withdraws a permission opens its proof in the same write, and one that moves the end of an
   * authorization moves its place in the list of those that end: none is lost, whoever makes the change. Nor is the change
   * itself: the row that tells of it is in the same write.
   */
  const replaceUnder = async (
    key: DataKey, contact: ContactId, before: ContactRecord, record: ContactRecord, expectedVersion: number, along: readonly PutItem[] = [],
  ): Promise<void> => {
    const opened = await Promise.all(withdrawnBy(before.standing, record.standing)
      .map((fact) => openWithdrawal(contact, fact, expectedVersion + 1)));
    const names = changedNames(before, record);
    const told = ContactChange.parse({
      contact, id: recordChangeId(expectedVersion + 1), at: runtime.clock.now(), fields: names,
    });
    const puts = [
      ...(names.length === 0 ? [] : [changePut(journeysTable, told)]),
      ...opened.flatMap((withdrawal) => proofPuts(journeysTable, withdrawal)),
      ...endingPuts(journeysTable, contact, before.standing.consents, record.standing.consents),
      ...along,
    ];
    const params = replaceTransaction(table, contact, record, sealRecord(key, record), expectedVersion, puts);
    await orChanged(contact, db.send(new TransactWriteCommand(params)));
  };

  const evidencePuts = (key: DataKey, contact: ContactId, evidence: Evidence | undefined): readonly PutItem[] => {
    if (evidence === undefined) return [];
    const sealed = key.seal(evidenceField(evidence.hash), new TextEncoder().encode(evidence.document.open()));
    return [{ Put: { TableName: table, Item: { ...evidenceKey(contact, evidence.hash), sealed } } }];
  };

  const change = async (
    key: DataKey, contact: ContactId, edit: (record: ContactRecord) => ContactRecord, evidence: Evidence | undefined, left: number,
  ): Promise<boolean> => {
    const stored = await read(contact);
    if (stored === undefined) throw new SendwellError('contact.unknown', { contact });
    const before = openRecord(key, stored.profile.sealed);
    const after = edit(before);
    if (after === before) return false;
    try {
      await replaceUnder(key, contact, before, after, stored.gate.version, evidencePuts(key, contact, evidence));
      return true;
    } catch (error) {
      if (left <= 1 || !isChanged(error)) throw error;
      return change(key, contact, edit, evidence, left - 1);
    }
  };

  const keyOf = async (contact: ContactId): Promise<DataKey> => {
    const wrapped = await vault.wrapped(contact);
    if (wrapped !== undefined) return vault.unwrap(contact, wrapped);
    throw new SendwellError(await read(contact) === undefined ? 'contact.unknown' : 'contact.shredded', { contact });
  };

  return {
    ...zones(runtime, table),

    open: async (contact, others = []) => {
      const [stored, wrapped] = await Promise.all([read(contact), vault.wrapped(contact)]);
      if (stored === undefined) return undefined;
      if (wrapped === undefined) throw new SendwellError('contact.shredded', { contact });
      const key = await vault.unwrap(contact, wrapped);
      try {
        const record = new Phi(openRecord(key, stored.profile.sealed));
        return { record, gate: stored.gate, zone: stored.profile.zone, sealed: openOthers(key, others) };
      } finally {
        key.wipe();
      }
    },

    seal: async (contact, field, value) => {
      const key = await keyOf(contact);
      try {
        return sealJson(key, field, value.open());
      } finally {
        key.wipe();
      }
    },

    replace: async (contact, record, expectedVersion) => {
      const key = await keyOf(contact);
      try {
        const stored = await read(contact);
        if (stored === undefined) throw new SendwellError('contact.unknown', { contact });
        await replaceUnder(key, contact, openRecord(key, stored.profile.sealed), record, expectedVersion);
      } finally {
        key.wipe();
      }
    },

    update: async (contact, edit, evidence) => {
      const key = await keyOf(contact);
      try {
        return await change(key, contact, edit, evidence, attempts);
      } finally {
        key.wipe();
      }
    },

    evidence: async (contact, hash) => {
      const { Item } = await db.send(new GetCommand({ TableName: table, Key: evidenceKey(contact, hash), ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const key = await keyOf(contact);
      try {
        return new Phi(new TextDecoder().decode(key.open(evidenceField(hash), EvidenceItem.parse(Item).sealed)));
      } finally {
        key.wipe();
      }
    },

    contactOfSource: async (source) => {
      const key = sourceKey(await appKeys.sourceDigest(source));
      const { Item } = await db.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item === undefined ? undefined : SourceItem.parse(Item).contact;
    },
  };
};

/** The contacts over DynamoDB, whole: new ones and their segments too. */
export const contactStore = (
  runtime: Runtime, { segments, ...config }: ContactsConfig & { readonly segments: SegmentCatalogue },
): ContactStore => {
  const { table, vault, appKeys, journeysTable } = config;
  const db = documentClient(runtime);
  return {
    ...contacts(runtime, config),
    ...memberships(runtime, { table, journeysTable, segments }),

    create: async (contact, record, entry) => {
      const [sourceDigest, segmentIds] = await Promise.all([
        appKeys.sourceDigest(entry.source), Promise.all(entry.memberships.map((segment) => segments.idOf(segment))),
      ]);
      const { key, put } = await vault.create(contact);
      try {
        const told = ContactChange.parse({
          contact, id: recordChangeId(1), at: entry.at, fields: changedNames(undefined, record), joined: segmentIds, created: true,
        });
        const creation = {
          sealed: sealRecord(key, record), keyPut: put, memberships: segmentIds, sourceDigest, at: entry.at,
          along: [changePut(journeysTable, told)],
        };
        await orChanged(contact, db.send(new TransactWriteCommand(createTransaction(table, contact, record, creation))));
      } finally {
        key.wipe();
      }
    },
  };
};
