import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { DeleteCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ContactStore, MemberPage } from '../core/contact/store.ts';
import { everybody, segmentShards } from '../core/contact/store.ts';
import { ContactChange, segmentChangeId } from '../core/engine/change.ts';
import { SendwellError } from '../core/errors.ts';
import { ContactId, SegmentId } from '../core/ids.ts';
import type { SegmentCatalogue } from '../core/ports.ts';
import type { Instant } from '../core/time.ts';
import { changePut } from './changes.ts';
import {
  joinTransaction, leaveTransaction, membershipKey, membershipUpdate, membersQuery, readCursor, segmentsQuery,
} from './contact-items.ts';
import { documentClient, isConflict, unlessRepeated } from './dynamo.ts';
import type { Runtime } from './runtime.ts';
import { contacts as layout } from './tables.ts';

const PkItem = z.object({ pk: ContactId });
const SkItem = z.object({ sk: z.string().transform((sk) => sk.slice(layout.segmentPrefix.length)).pipe(SegmentId) });

export type MembershipsConfig = {
  readonly table: string;
  /** Holds what tells of who joined and left. */
  readonly journeysTable: string;
  readonly segments: Pick<SegmentCatalogue, 'find'>;
};

/** Who is in which segment, by name; keys hold the segment's id. Needs neither the vault nor its key. */
export const memberships = (
  runtime: Runtime, { table, journeysTable, segments }: MembershipsConfig,
): Pick<ContactStore, 'addToSegment' | 'removeFromSegment' | 'members' | 'everybody' | 'segmentsOf'> => {
  const db = documentClient(runtime);

  const told = (contact: ContactId, segment: SegmentId, at: Instant, change: 'joined' | 'left') =>
    changePut(journeysTable, ContactChange.parse({ contact, id: segmentChangeId(segment, at, change), at, [change]: [segment] }));

  /** No change where the contact is in it, or out of it, already. */
  const unlessSo = async (contact: ContactId, params: TransactWriteCommandInput): Promise<void> => {
    try {
      await unlessRepeated(db.send(new TransactWriteCommand(params)));
    } catch (error) {
      throw isConflict(error) ? new SendwellError('contact.changed', { contact }) : error;
    }
  };

  const page = async (of: SegmentId | typeof everybody, cursor: string | undefined): Promise<MemberPage> => {
    const { Items = [], LastEvaluatedKey } = await db.send(new QueryCommand(membersQuery(table, of, cursor)));
    const { shard } = readCursor(cursor);
    const after = LastEvaluatedKey === undefined ? undefined : PkItem.parse(LastEvaluatedKey).pk;
    const beyond = shard + 1 < segmentShards ? String(shard + 1) : undefined;
    return { contacts: Items.map((item) => PkItem.parse(item).pk), cursor: after === undefined ? beyond : `${shard}#${after}` };
  };

  return {
    addToSegment: async (contact, segment, at, { quietly = false } = {}) => {
      const { id, watched = false } = await segments.find(segment);
      if (watched && !quietly) await unlessSo(contact, joinTransaction(table, contact, id, at, told(contact, id, at, 'joined')));
      else await db.send(new UpdateCommand(membershipUpdate(table, contact, id, at)));
    },

    removeFromSegment: async (contact, segment, at, { quietly = false } = {}) => {
      const { id, watched = false } = await segments.find(segment);
      if (watched && !quietly) await unlessSo(contact, leaveTransaction(table, contact, id, told(contact, id, at, 'left')));
      else await db.send(new DeleteCommand({ TableName: table, Key: membershipKey(contact, id) }));
    },

    members: async (segment, cursor) => page((await segments.find(segment)).id, cursor),

    everybody: (cursor) => page(everybody, cursor),

    segmentsOf: async (contact) => {
      const { Items = [] } = await db.send(new QueryCommand(segmentsQuery(table, contact)));
      const names = await Promise.all(Items.map(async (item) => (await segments.find(SkItem.parse(item).sk)).segment));
      return names.toSorted();
    },
  };
};
