import type { ContactRecord } from '../core/contact/record.ts';
import type { RecentSend, WaitingSend } from '../core/contact/store.ts';
import { everybody, segmentPartition } from '../core/contact/store.ts';
import type { ContactId, SegmentId } from '../core/ids.ts';
import type { Instant } from '../core/time.ts';
import { contacts } from './tables.ts';

/** The requests of the contacts store as data. */

/** One strongly consistent query reads gate and profile together. */
export const openQuery = (table: string, contact: ContactId) => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :contact AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':contact': contact, ':prefix': contacts.sendingPrefix },
});

/** `zone` stands in the clear, so that waits are timed without a decryption. The row is the contact's place among all. */
export const profileItem = (contact: ContactId, record: ContactRecord, sealed: Uint8Array) => ({
  pk: contact, sk: contacts.profile, sealed, zone: record.standing.time_zone, segmentPartition: segmentPartition(everybody, contact),
});

const gateKey = (contact: ContactId) => ({ pk: contact, sk: contacts.gate });

export const gateItem = (contact: ContactId) => ({ ...gateKey(contact), version: 1, recent: [] });

const bump = (table: string, contact: ContactId, expectedVersion: number) => ({
  TableName: table,
  Key: gateKey(contact),
  ConditionExpression: '#version = :expected',
  UpdateExpression: 'SET #version = :next',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':expected': expectedVersion, ':next': expectedVersion + 1 },
});

/**
 * The `Update` that a send's reservation, or its deferral, carries in its transaction. `recent` is the whole list with
 * the new send, pruned, and `waiting` that of messages put off; left out, nothing of it is written. Fails when the contact changed, or was sent to, since the gate was read at `expectedVersion`.
 */
export const gateUpdate = (
  table: string, contact: ContactId, expectedVersion: number, recent: readonly RecentSend[], waiting?: readonly WaitingSend[],
) => {
  const update = bump(table, contact, expectedVersion);
  return {
    ...update,
    UpdateExpression: `${update.UpdateExpression}, recent = :recent${waiting === undefined ? '' : ', waiting = :waiting'}`,
    ExpressionAttributeValues: {
      ...update.ExpressionAttributeValues, ':recent': recent, ...(waiting === undefined ? {} : { ':waiting': waiting }),
    },
  };
};

const fresh = (table: string, item: Record<string, unknown>) => ({
  Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});

export const membershipKey = (contact: ContactId, segment: SegmentId) => ({
  pk: contact, sk: `${contacts.segmentPrefix}${segment}`,
});

const membershipItem = (contact: ContactId, segment: SegmentId, at: Instant) => ({
  ...membershipKey(contact, segment), segmentPartition: segmentPartition(segment, contact), addedAt: at,
});

export const sourceKey = (digest: string) => ({ pk: `source#${digest}`, sk: 'source' });

type Creation = {
  readonly sealed: Uint8Array;
  readonly keyPut: { readonly TableName: string; readonly Item: Record<string, unknown>; readonly ConditionExpression: string };
  readonly memberships: readonly SegmentId[];
  readonly sourceDigest: string;
  readonly at: Instant;
  /** What tells of the new contact. */
  readonly along: readonly PutItem[];
};

/** A contact comes into being whole, with its key, or not at all. */
export const createTransaction = (table: string, contact: ContactId, record: ContactRecord, creation: Creation) => ({
  TransactItems: [
    { Put: creation.keyPut },
    fresh(table, profileItem(contact, record, creation.sealed)),
    fresh(table, gateItem(contact)),
    fresh(table, { ...sourceKey(creation.sourceDigest), contact }),
    ...creation.memberships.map((segment) => fresh(table, membershipItem(contact, segment, creation.at))),
    ...creation.along,
  ],
});

/** A row of another table that is written with a contact's, or not at all. */
export type PutItem = { readonly Put: { readonly TableName: string; readonly Item: Record<string, unknown> } };

export const replaceTransaction = (
  table: string, contact: ContactId, record: ContactRecord, sealed: Uint8Array, expectedVersion: number,
  along: readonly PutItem[] = [],
) => ({
  TransactItems: [
    { Put: { TableName: table, Item: profileItem(contact, record, sealed), ConditionExpression: 'attribute_exists(pk)' } },
    { Update: bump(table, contact, expectedVersion) },
    ...along,
  ],
});

export const evidenceKey = (contact: ContactId, hash: string) => ({ pk: contact, sk: `${contacts.evidencePrefix}${hash}` });

export const versionGet = (table: string, contact: ContactId) => ({
  TableName: table,
  Key: gateKey(contact),
  ProjectionExpression: '#version',
  ExpressionAttributeNames: { '#version': 'version' },
  ConsistentRead: true,
});

export const zoneGet = (table: string, contact: ContactId) => ({
  TableName: table,
  Key: { pk: contact, sk: contacts.profile },
  ProjectionExpression: 'sk, #zone',
  ExpressionAttributeNames: { '#zone': 'zone' },
  ConsistentRead: true,
});

/** Keeps the instant of the first time. */
export const membershipUpdate = (table: string, contact: ContactId, segment: SegmentId, at: Instant) => ({
  TableName: table,
  Key: membershipKey(contact, segment),
  UpdateExpression: 'SET segmentPartition = :partition, addedAt = if_not_exists(addedAt, :at)',
  ExpressionAttributeValues: { ':partition': segmentPartition(segment, contact), ':at': at },
});

/** A cursor is the shard and the last contact read from it. */
export const readCursor = (cursor: string | undefined): { readonly shard: number; readonly after: string | undefined } => {
  const [shard = '', after] = (cursor ?? '0').split('#');
  return { shard: Number(shard), after };
};

/** Joining a segment that others react to: with the row that tells of it, unless the contact is in it already. */
export const joinTransaction = (table: string, contact: ContactId, segment: SegmentId, at: Instant, told: PutItem) => ({
  TransactItems: [fresh(table, membershipItem(contact, segment, at)), told],
});

/** Leaving a segment that others react to: with the row that tells of it, unless the contact is not in it. */
export const leaveTransaction = (table: string, contact: ContactId, segment: SegmentId, told: PutItem) => ({
  TransactItems: [
    { Delete: { TableName: table, Key: membershipKey(contact, segment), ConditionExpression: 'attribute_exists(pk)' } }, told,
  ],
});

/** A page of a segment, or of all contacts by their profiles. */
export const membersQuery = (table: string, segment: SegmentId | typeof everybody, cursor: string | undefined) => {
  const { shard, after } = readCursor(cursor);
  const partition = `${segment}#${shard}`;
  return {
    TableName: table,
    IndexName: contacts.segmentIndex.name,
    KeyConditionExpression: 'segmentPartition = :partition',
    ExpressionAttributeValues: { ':partition': partition },
    ProjectionExpression: 'pk',
    ExclusiveStartKey: after === undefined
      ? undefined
      : { pk: after, sk: segment === everybody ? contacts.profile : `${contacts.segmentPrefix}${segment}`, segmentPartition: partition },
  };
};

export const segmentsQuery = (table: string, contact: ContactId) => ({
  TableName: table,
  KeyConditionExpression: 'pk = :contact AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':contact': contact, ':prefix': contacts.segmentPrefix },
  ProjectionExpression: 'sk',
});
